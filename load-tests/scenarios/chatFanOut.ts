import { arrive, onceOr, shareOf, windUp } from "../lib/crowd.ts";
import { startCounters } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import { optionsOf, profileOf, writeSummary } from "../lib/settings.ts";

/** How soon does everybody have what was said, in many small rooms and in one hall? */
const profile = profileOf("chatFanOut");
export const options = optionsOf("chatFanOut");
export const handleSummary = writeSummary;

const settleMs = 1_500;

export default function chatFanOut(): void {
  startCounters();
  const sessions: Session[] = [];
  const writers: Session[] = [];
  const places = shareOf(profile);
  arrive(places, profile.arriveSeconds, (place) => {
    const session = new Session(place);
    sessions.push(session);
    if (place.seat === 0) writers.push(session);
  });
  onceOr(
    () => sessions.length === places.length && sessions.every(({ isLive }) => isLive),
    () => talk(sessions, writers),
  );
}

function talk(sessions: readonly Session[], writers: readonly Session[]): void {
  const writing = setInterval(() => {
    for (const writer of writers) writer.write();
  }, 1000 / profile.messagesPerSecond);
  setTimeout(() => {
    clearInterval(writing);
    windUp(settleMs, () => sessions);
  }, profile.seconds * 1000);
}
