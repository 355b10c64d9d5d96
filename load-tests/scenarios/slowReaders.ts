import exec from "k6/execution";
import http from "k6/http";
import { arrive, onceOr, shareOf, windUp, type Place } from "../lib/crowd.ts";
import { back, backMs, slowCut, startCounters, wrongSlowCodes } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import {
  metricsUrl,
  optionsOf,
  profileOf,
  slowSwitch,
  slowUrl,
  writeSummary,
} from "../lib/settings.ts";

/** Is somebody cut whose network takes next to nothing, without the others noticing, and whole again afterwards? */
const profile = profileOf("slowReaders");
export const options = optionsOf("slowReaders");
export const handleSummary = writeSummary;

const bodyBytes = 8_000;
const settleMs = 2_000;
/** With nothing to send it on, the reason is lost (SPEC L4). */
const slowCodes = [4411, 1006];

export default function slowReaders(): void {
  startCounters();
  const sessions: Session[] = [];
  const writers: Session[] = [];
  const slow: Session[] = [];
  const places = shareOf(profile);
  arrive(places, profile.arriveSeconds, (place) => {
    if (place.seat === 1) {
      slow.push(readSlowly(place, sessions));
      return;
    }
    const session = new Session(place);
    sessions.push(session);
    if (place.seat === 0) writers.push(session);
  });
  onceOr(
    () =>
      sessions.length + slow.length === places.length &&
      [...sessions, ...slow].every(({ isLive }) => isLive),
    () => talk(sessions, { writers, slow }),
  );
}

/** Once the slow path has told it that it was cut, it comes back on the fast one. */
function readSlowly(place: Place, sessions: Session[]): Session {
  return new Session(
    { ...place, url: slowUrl },
    {
      closed: (code, session) => {
        if (session.isLeaving) return;
        if (!slowCodes.includes(code)) wrongSlowCodes.add(1, { code: `${code}` });
        const cutAtMs = Date.now();
        const live = (): void => {
          back.add(1);
          backMs.add(Date.now() - cutAtMs);
        };
        sessions.push(new Session({ ...place, since: session.lastSeq }, { live }));
      },
    },
  );
}

/** At least as long as the profile says, and until the gateway has cut all slow ones: kernels hold megabytes for them. */
function talk(sessions: readonly Session[], parts: Parts): void {
  const writing = setInterval(() => {
    for (const writer of parts.writers) writer.write(bodyBytes);
  }, 1000 / profile.messagesPerSecond);
  const wholeCount = sessions.length + parts.slow.length;
  setTimeout(() => {
    onceOr(areAllCut, () => {
      clearInterval(writing);
      // What the path still holds would take minutes to arrive, and the close behind it.
      http.post(slowSwitch, JSON.stringify({ enabled: false }));
      const isWhole = (): boolean =>
        sessions.length >= wholeCount && sessions.every(({ isLive }) => isLive);
      // What they missed is tens of megabytes, and a join amid a replay begins it anew.
      onceOr(isWhole, () => {
        windUp(
          settleMs,
          () => sessions,
          () => [...sessions, ...parts.slow],
        );
      });
    });
  }, profile.seconds * 1000);
}

let cuts = 0;

/** As the operator would see it. Counts those of all threads, and each as its own share. */
function areAllCut(): boolean {
  const { body } = http.get(metricsUrl, { responseType: "text" });
  const count = Number(/^darasa_closes_total\{cause="slow"\} (\d+)/m.exec(body)?.[1] ?? 0);
  if (exec.vu.idInTest === 1) slowCut.add(count - cuts);
  cuts = count;
  return count >= profile.rooms;
}

interface Parts {
  readonly writers: readonly Session[];
  readonly slow: readonly Session[];
}
