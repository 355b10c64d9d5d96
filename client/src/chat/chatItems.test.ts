import { describe, expect, test } from "vitest";
import type { OutboxMessage } from "../connection/outboxMessages.ts";
import { amina, makeMessage, me } from "../room/test/roomFixtures.ts";
import { makeChatItems, reuseItems, type ChatItem } from "./chatItems.ts";

const hourMs = 3_600_000;
const self = { participantId: me, name: "Neema Kimaro" };
const options = { me: self, unreadAfterSeq: null, dayOf: dayInUtc };

function dayInUtc(atMs: number): string {
  return String(Math.floor(atMs / (24 * hourMs)));
}

const pending = (clientId: string, change: Partial<OutboxMessage> = {}): OutboxMessage => ({
  clientId,
  body: "mine",
  writtenAtMs: 5_000,
  failure: null,
  state: "sending",
  ...change,
});

const outline = (items: readonly ChatItem[]) =>
  items.map((item) =>
    item.kind === "message" ? `${item.startsGroup ? "+" : " "}${item.body}` : item.kind,
  );

describe("makeChatItems", () => {
  test("a row of messages by one person shows once who and when", () => {
    const stored = [
      makeMessage(1, { body: "a" }),
      makeMessage(2, { body: "b" }),
      makeMessage(3, { body: "c", senderId: me }),
      makeMessage(4, { body: "d" }),
      makeMessage(5, { body: "e", sentAtMs: 10 * 60_000 }),
    ];
    expect(outline(makeChatItems({ stored, pending: [] }, options))).toEqual([
      "day",
      "+a",
      " b",
      "+c",
      "+d",
      "+e",
    ]);
  });

  test("a new day gets its own line", () => {
    const stored = [
      makeMessage(1, { body: "a", sentAtMs: 23 * hourMs }),
      makeMessage(2, { body: "b", sentAtMs: 24 * hourMs }),
    ];
    expect(outline(makeChatItems({ stored, pending: [] }, options))).toEqual([
      "day",
      "+a",
      "day",
      "+b",
    ]);
  });

  test("the unread line stands above the first message of another person", () => {
    const stored = [
      makeMessage(1, { body: "a" }),
      makeMessage(2, { body: "b", senderId: me }),
      makeMessage(3, { body: "c" }),
      makeMessage(4, { body: "d" }),
    ];
    const items = makeChatItems({ stored, pending: [] }, { ...options, unreadAfterSeq: 1 });
    expect(outline(items)).toEqual(["day", "+a", "+b", "unread", "+c", " d"]);
    const none = makeChatItems({ stored, pending: [] }, { ...options, unreadAfterSeq: 4 });
    expect(outline(none)).not.toContain("unread");
  });

  test("an unconfirmed message stands last, with its state, under the key that it will keep", () => {
    const stored = [makeMessage(1, { body: "a" })];
    const waiting = makeChatItems(
      { stored, pending: [pending("c-9", { state: "failed", failure: "chat_locked" })] },
      options,
    ).at(-1);
    expect(waiting).toMatchObject({ isOwn: true, state: "failed", failure: "chat_locked" });
    const confirmed = makeChatItems(
      { stored: [...stored, makeMessage(2, { senderId: me, clientId: "c-9" })], pending: [] },
      options,
    ).at(-1);
    expect(confirmed?.key).toBe(waiting?.key);
  });
});

describe("reuseItems", () => {
  test("keeps what says the same, and only that", () => {
    const first = makeChatItems({ stored: [makeMessage(1)], pending: [pending("c-9")] }, options);
    const second = makeChatItems(
      {
        stored: [makeMessage(1), makeMessage(2, { senderId: amina })],
        pending: [pending("c-9", { state: "waiting" })],
      },
      options,
    );
    const reused = reuseItems(first, second);
    expect(reused[0]).toBe(first[0]);
    expect(reused[1]).toBe(first[1]);
    expect(reused[3]).not.toBe(first[2]);
    expect(reused).toEqual(second);
  });
});
