import type { RoomEvent } from "@darasa/protocol";
import {
  maxBacklogEvents,
  type Backlog,
  type Channel,
  type Frame,
  type Publisher,
} from "./publisher.ts";

interface Gathering {
  events: RoomEvent[];
  readonly overflowed: () => void;
}

/** Publishes within this process, through the transport's own fan-out: one frame, however many sockets. */
export function createLocalPublisher(
  publishFrame: (channel: Channel, frame: Frame) => void,
): Publisher {
  const gatherings = new Map<Channel, Set<Gathering>>();

  function stop(channel: Channel, gathering: Gathering): void {
    const all = gatherings.get(channel);
    all?.delete(gathering);
    if (all?.size === 0) gatherings.delete(channel);
  }

  function keep(channel: Channel, event: RoomEvent): void {
    for (const gathering of [...(gatherings.get(channel) ?? [])]) {
      gathering.events.push(event);
      if (gathering.events.length <= maxBacklogEvents) continue;
      stop(channel, gathering);
      gathering.events = [];
      gathering.overflowed();
    }
  }

  function publish(channel: Channel, event: RoomEvent): void {
    publishFrame(channel, JSON.stringify(event));
    if (gatherings.has(channel)) keep(channel, event);
  }

  return {
    publish,
    publishEverywhere: publish,
    publishFrame,
    gather(channel, overflowed): Backlog {
      const gathering: Gathering = { events: [], overflowed };
      const all = gatherings.get(channel) ?? new Set();
      gatherings.set(channel, all.add(gathering));
      return {
        take() {
          stop(channel, gathering);
          const { events } = gathering;
          gathering.events = [];
          return events;
        },
      };
    },
  };
}
