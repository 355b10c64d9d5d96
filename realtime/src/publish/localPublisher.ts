import type { RoomEvent } from "@darasa/protocol";
import { AdaptiveFlush } from "./adaptiveFlush.ts";
import { Backlogs } from "./backlogs.ts";
import { processClock, type FlushClock } from "./flushClock.ts";
import type { Channel, Frame, Publisher } from "./publisher.ts";

/**
 * What comes often and may come a moment later. All else (a lock, an end, a removal) goes at once, and after what
 * the channel holds back: who is put out right behind it has heard of it.
 */
const mayWait: ReadonlySet<RoomEvent["type"]> = new Set([
  "chatMessage",
  "presence",
  "typing",
  "reaction",
  "pointer",
]);

/** Publishes within this process, through the transport's own fan-out: one frame, however many sockets. */
export function createLocalPublisher(
  publishFrame: (channel: Channel, frame: Frame) => void,
  clock: FlushClock = processClock,
): Publisher {
  const backlogs = new Backlogs();
  const flow = new AdaptiveFlush(publishFrame, clock);

  function publish(channel: Channel, event: RoomEvent): void {
    const encoded = JSON.stringify(event);
    const slot = slotOf(event);
    if (mayWait.has(event.type)) {
      flow.send(channel, encoded, slot);
    } else {
      flow.flush(channel);
      publishFrame(channel, encoded);
    }
    backlogs.add(channel, encoded, slot);
  }

  return {
    publish,
    publishEverywhere: publish,
    publishFrame,
    gather(channel, overflowed) {
      // Who pauses has still to get what came before.
      flow.flush(channel);
      const end = backlogs.begin(channel, overflowed);
      return {
        take() {
          // What is held back is in the backlog: who subscribes now must not get it a second time.
          flow.flush(channel);
          return end();
        },
      };
    },
    flush: () => flow.flushAll(),
  };
}

/** Of several pointers of one person only the newest is told (SPEC P13). */
function slotOf(event: RoomEvent): string | null {
  return event.type === "pointer" ? event.participantId : null;
}
