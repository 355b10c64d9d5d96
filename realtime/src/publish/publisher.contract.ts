import type { RoomEvent, RoomId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { maxBacklogEvents, type Channel, type Frame, type Publisher } from "./publisher.ts";

/** A publisher under test, with what reached the subscribers of each channel. */
export interface PublisherUnderTest {
  readonly publisher: Publisher;
  readonly delivered: (channel: Channel) => readonly Frame[];
}

const here = "room:a" as Channel;
const elsewhere = "room:b" as Channel;

function head(seq: number): RoomEvent {
  return { type: "head", room: "r" as RoomId, seq };
}

/** What every publisher promises, whatever carries its frames. */
export function describePublisher(make: () => PublisherUnderTest): void {
  test("an event reaches its own channel, in order, and no other", () => {
    const { publisher, delivered } = make();
    publisher.publish(here, head(1));
    publisher.publish(here, head(2));
    publisher.publish(elsewhere, head(3));
    expect(delivered(here)).toEqual([JSON.stringify(head(1)), JSON.stringify(head(2))]);
    expect(delivered(elsewhere)).toEqual([JSON.stringify(head(3))]);
  });

  test("[R4] a backlog holds exactly what was published between its begin and its end", () => {
    const { publisher } = make();
    publisher.publish(here, head(1));
    const backlog = publisher.gather(here, () => undefined);
    publisher.publish(here, head(2));
    publisher.publish(elsewhere, head(3));
    publisher.publish(here, head(4));
    expect(backlog.take()).toEqual([JSON.stringify(head(2)), JSON.stringify(head(4))]);
    publisher.publish(here, head(5));
    expect(backlog.take()).toEqual([]);
  });

  test("a backlog that grows beyond its bound says so once and keeps nothing", () => {
    const { publisher } = make();
    let overflows = 0;
    const backlog = publisher.gather(here, () => (overflows += 1));
    for (let seq = 0; seq < maxBacklogEvents + 10; seq += 1) publisher.publish(here, head(seq));
    expect(overflows).toBe(1);
    expect(backlog.take()).toEqual([]);
  });
}
