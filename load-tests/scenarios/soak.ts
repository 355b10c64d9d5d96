import { arrive, shareOf, windUp, type Place } from "../lib/crowd.ts";
import { startCounters } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import { optionsOf, profileOf, writeSummary } from "../lib/settings.ts";

/** Does anything grow while people come, talk and go, all day? `npm run load` watches the memory. */
const profile = profileOf("soak");
export const options = optionsOf("soak");
export const handleSummary = writeSummary;

const settleMs = 1_500;

export default function soak(): void {
  startCounters();
  const chairs: { place: Place; session: Session }[] = [];
  arrive(shareOf(profile), profile.arriveSeconds, (place) =>
    chairs.push({ place, session: new Session(place) }),
  );
  const day = setInterval(() => {
    for (const chair of chairs) {
      // Each goes and comes back every twenty seconds or so, and says something every ten.
      if (Math.random() < 0.05) swap(chair);
      else if (Math.random() < 0.1 * profile.messagesPerSecond) say(chair.session);
    }
  }, 1_000);
  setTimeout(
    () => {
      clearInterval(day);
      windUp(settleMs, () => chairs.map(({ session }) => session));
    },
    (profile.arriveSeconds + profile.seconds) * 1000,
  );
}

function swap(chair: { readonly place: Place; session: Session }): void {
  if (!chair.session.isLive) return;
  chair.session.close();
  chair.session = new Session({ ...chair.place, since: chair.session.lastSeq });
}

function say(session: Session): void {
  if (!session.isLive) return;
  session.ask({ type: "raiseHand" });
  session.write();
}
