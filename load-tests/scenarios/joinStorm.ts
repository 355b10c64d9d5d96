import { arrive, onceOr, shareOf } from "../lib/crowd.ts";
import { startCounters } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import { optionsOf, profileOf, writeSummary } from "../lib/settings.ts";

/** How long does it take to be in class when the whole school comes at the same time? */
const profile = profileOf("joinStorm");
export const options = optionsOf("joinStorm");
export const handleSummary = writeSummary;

export default function joinStorm(): void {
  startCounters();
  const sessions: Session[] = [];
  const stay = (): void => {
    setTimeout(() => {
      for (const session of sessions) session.close();
    }, profile.seconds * 1000);
  };
  const places = shareOf(profile);
  arrive(places, profile.arriveSeconds, (place) => sessions.push(new Session(place)));
  onceOr(() => sessions.length === places.length && sessions.every(({ isLive }) => isLive), stay);
}
