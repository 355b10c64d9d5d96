import { arrive, onceOr, shareOf, windUp, type Place } from "../lib/crowd.ts";
import { back, backMs, startCounters } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import { optionsOf, profileOf, writeSummary } from "../lib/settings.ts";

/** When all connections are cut at once, how soon is everybody back, with all that was said meanwhile? */
const profile = profileOf("reconnectStorm");
export const options = optionsOf("reconnectStorm");
export const handleSummary = writeSummary;

const settleMs = 1_500;

interface Chair {
  readonly place: Place;
  session: Session;
}

export default function reconnectStorm(): void {
  startCounters();
  const chairs: Chair[] = [];
  const places = shareOf(profile);
  arrive(places, profile.arriveSeconds, (place) =>
    chairs.push({ place, session: new Session(place) }),
  );
  onceOr(
    () => chairs.length === places.length && chairs.every(({ session }) => session.isLive),
    () => talk(chairs),
  );
}

function talk(chairs: readonly Chair[]): void {
  const writing = setInterval(() => {
    for (const { place, session } of chairs)
      if (place.seat === 0 && session.isLive) session.write();
  }, 1000 / profile.messagesPerSecond);
  const cutAtMs = (profile.seconds * 1000) / 3;
  setTimeout(() => {
    for (const chair of chairs) cutAndReturn(chair);
  }, cutAtMs);
  setTimeout(
    () => {
      clearInterval(writing);
      windUp(settleMs, () => chairs.map(({ session }) => session));
    },
    profile.seconds * 1000 + 1_000,
  );
}

/** Comes back as SPEC C2 says, and reads from where it was. */
function cutAndReturn(chair: Chair): void {
  const lostAtMs = Date.now();
  const since = chair.session.lastSeq;
  chair.session.close();
  const comeBack = (attempt: number): void => {
    const waitMs = Math.random() * Math.min(10_000, 300 * 2 ** attempt);
    setTimeout(() => {
      chair.session = new Session(
        { ...chair.place, since },
        {
          live: () => {
            back.add(1);
            backMs.add(Date.now() - lostAtMs);
          },
          closed: (_code, session) => {
            if (!session.isLeaving) comeBack(attempt + 1);
          },
        },
      );
    }, waitMs);
  };
  comeBack(0);
}
