import { frameOf } from "../publish/eventList.ts";
import type { Stay } from "./room.ts";

/** Events in one frame at the end of a replay. */
const eventsPerFrame = 50;

/**
 * Gives a session the events that were kept for it, and all later ones as they are published: in one
 * tick, so that none is missing and none comes twice.
 */
export function goLive(stay: Stay): void {
  if (!stay.isPresent) return;
  const { outbox } = stay.session;
  const events = stay.backlog?.take() ?? [];
  stay.backlog = null;
  for (let start = 0; start < events.length; start += eventsPerFrame) {
    outbox.send(frameOf(events.slice(start, start + eventsPerFrame)));
  }
  outbox.subscribe(stay.room.channel);
}
