import { arrive, onceOr, shareOf, type Place } from "../lib/crowd.ts";
import { back, backMs, slowCut, startCounters, wrongSlowCodes } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import { optionsOf, profileOf, slowUrl, writeSummary } from "../lib/settings.ts";

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
  const arrived: Session[] = [];
  const places = shareOf(profile);
  arrive(places, profile.arriveSeconds, (place) => {
    if (place.seat === 1) {
      arrived.push(readSlowly(place, sessions));
      return;
    }
    const session = new Session(place);
    arrived.push(session);
    sessions.push(session);
    if (place.seat === 0) writers.push(session);
  });
  onceOr(
    () => arrived.length === places.length && arrived.every(({ isLive }) => isLive),
    () => talk(sessions, writers),
  );
}

/** Cut on the slow path, it comes back on the fast one. */
function readSlowly(place: Place, sessions: Session[]): Session {
  return new Session(
    { ...place, url: slowUrl },
    {
      closed: (code, session) => {
        slowCut.add(1);
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

function talk(sessions: readonly Session[], writers: readonly Session[]): void {
  const writing = setInterval(() => {
    for (const writer of writers) writer.write(bodyBytes);
  }, 1000 / profile.messagesPerSecond);
  setTimeout(() => {
    clearInterval(writing);
    setTimeout(() => {
      for (const session of sessions) session.check();
    }, settleMs);
    setTimeout(() => {
      for (const session of sessions) session.close();
    }, settleMs * 2);
  }, profile.seconds * 1000);
}
