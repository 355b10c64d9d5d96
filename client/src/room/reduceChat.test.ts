import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptyChat,
  eraseMessages,
  firstLoadedSeq,
  hasEarlier,
  headChat,
  interruptChat,
  joinChat,
  mergeOutbox,
  missingSince,
  prependMessages,
  receiveMessages,
  replayChat,
  type ChatState,
} from "./reduceChat.ts";
import type { OutboxMessage } from "../connection/outboxMessages.ts";
import { amina, makeMessage, makeMessages, me } from "./test/roomFixtures.ts";

const seqs = (state: ChatState) => state.messages.map((message) => message.seq);
const joinedAt = (headSeq: number, recent = makeMessages(1, headSeq)) =>
  joinChat(emptyChat, { headSeq, firstSeq: 1, recent, since: null });

describe("reduceChat", () => {
  test("[R3] the first join shows its recent messages", () => {
    const state = joinedAt(60, makeMessages(11, 60));
    expect(seqs(state)).toEqual(makeMessages(11, 60).map((message) => message.seq));
    expect(state.lastSeq).toBe(60);
    expect(hasEarlier(state)).toBe(true);
    expect(missingSince(state)).toBeNull();
  });

  test("[R2] a guest of a class that begins now has nothing earlier", () => {
    const state = joinChat(emptyChat, { headSeq: 60, firstSeq: 61, recent: [], since: null });
    expect(hasEarlier(state)).toBe(false);
    expect(seqs(receiveMessages(state, [makeMessage(61)]))).toEqual([61]);
  });

  test("[R1] a push in order is appended, a repetition is not", () => {
    const once = receiveMessages(joinedAt(2), [makeMessage(3)]);
    expect(seqs(once)).toEqual([1, 2, 3]);
    expect(receiveMessages(once, [makeMessage(2), makeMessage(3)])).toBe(once);
  });

  test("[R7] a message beyond a hole is kept aside until the hole is filled", () => {
    const holed = receiveMessages(joinedAt(2), [makeMessage(5)]);
    expect(seqs(holed)).toEqual([1, 2]);
    expect(missingSince(holed)).toBe(2);
    const filled = receiveMessages(holed, [makeMessage(4), makeMessage(3)]);
    expect(seqs(filled)).toEqual([1, 2, 3, 4, 5]);
    expect(missingSince(filled)).toBeNull();
  });

  test("[M6] of who is erased only the places of their messages are left, beyond a hole too", () => {
    const [first, second, fifth] = [
      makeMessage(1),
      makeMessage(2, { senderId: me }),
      makeMessage(5),
    ];
    const state = receiveMessages(receiveMessages(joinedAt(0), [first, second]), [fifth]);
    const erased = eraseMessages(state, first.senderId);
    expect([...erased.messages, ...erased.ahead]).toEqual(
      [first, second, fifth].map((message) =>
        message.senderId === first.senderId
          ? { ...message, senderName: "", body: "", erased: true }
          : message,
      ),
    );
    expect(eraseMessages(erased, first.senderId)).toBe(erased);
  });

  test("[R6] a head beyond the last message is a hole too", () => {
    expect(missingSince(headChat(joinedAt(2), 2))).toBeNull();
    expect(missingSince(headChat(joinedAt(2), 3))).toBe(2);
  });

  test("[R4] while a replay is on its way nothing is asked for again", () => {
    const rejoined = joinChat(joinedAt(2), { headSeq: 5, firstSeq: 1, recent: [], since: 2 });
    expect(missingSince(rejoined)).toBeNull();
    const half = replayChat(rejoined, { messages: makeMessages(3, 4), done: false });
    expect(missingSince(half)).toBeNull();
    const whole = replayChat(half, { messages: makeMessages(5, 5), done: true });
    expect(seqs(whole)).toEqual([1, 2, 3, 4, 5]);
    expect(missingSince(whole)).toBeNull();
  });

  test("a replay that the network cut is asked for again", () => {
    const rejoined = joinChat(joinedAt(2), { headSeq: 5, firstSeq: 1, recent: [], since: 2 });
    expect(missingSince(interruptChat(rejoined))).toBe(2);
  });

  test("a room that has fewer messages than known is read anew", () => {
    const state = joinChat(joinedAt(5), { headSeq: 3, firstSeq: 1, recent: [], since: 5 });
    expect(state.lastSeq).toBe(3);
    expect(seqs(prependMessages(state, makeMessages(1, 3)))).toEqual([1, 2, 3]);
  });

  test("earlier pages go in front, without what is there already", () => {
    const state = joinedAt(6, makeMessages(5, 6));
    const earlier = prependMessages(state, makeMessages(2, 5));
    expect(seqs(earlier)).toEqual([2, 3, 4, 5, 6]);
    expect(firstLoadedSeq(earlier)).toBe(2);
  });
});

describe("mergeOutbox", () => {
  const pending = (clientId: string): OutboxMessage => ({
    clientId,
    body: "mine",
    writtenAtMs: 1,
    failure: null,
    state: "sending",
  });

  test("a message stands there once, whether its push or its ack came first", () => {
    const mine = makeMessage(3, { senderId: me, clientId: "mine" });
    const state = receiveMessages(joinedAt(2), [mine]);
    expect(mergeOutbox(state, me, [pending("mine"), pending("other")])).toEqual({
      stored: state.messages,
      pending: [pending("other")],
    });
  });

  test("another person's message with the same client id hides nothing of one's own", () => {
    const state = receiveMessages(joinedAt(2), [makeMessage(3, { clientId: "same" })]);
    expect(mergeOutbox(state, me, [pending("same")]).pending).toHaveLength(1);
  });

  test("one's own acked message is shown although others before it have not come yet", () => {
    const mine = makeMessage(5, { senderId: me, clientId: "mine" });
    const state = receiveMessages(joinedAt(2), [mine, makeMessage(6)]);
    const shown = mergeOutbox(state, me, [pending("mine")]);
    expect(shown.stored.map((message) => message.seq)).toEqual([1, 2, 5]);
    expect(shown.pending).toEqual([]);
  });
});

/** What can reach a client, in any order: the network decides. */
type Step =
  | { readonly kind: "push" | "ack"; readonly seq: number }
  | { readonly kind: "head" }
  | { readonly kind: "cut" }
  | { readonly kind: "rejoin"; readonly pageSize: number; readonly pagesHeard: number }
  | { readonly kind: "earlier"; readonly count: number };

const total = 30;
const history = makeMessages(1, total).map((message) =>
  message.seq % 3 === 0
    ? { ...message, senderId: me, clientId: `own-${message.seq}` }
    : { ...message, senderId: amina },
);
const outboxOf = (): OutboxMessage[] =>
  history
    .filter((message) => message.senderId === me)
    .map(({ clientId, body }) => ({
      clientId,
      body,
      writtenAtMs: 1,
      failure: null,
      state: "sending",
    }));

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("push" as const, "ack" as const),
    seq: fc.integer({ min: 1, max: total }),
  }),
  fc.constant({ kind: "head" } as const),
  fc.constant({ kind: "cut" } as const),
  fc.record({
    kind: fc.constant("rejoin" as const),
    pageSize: fc.integer({ min: 1, max: 7 }),
    pagesHeard: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({ kind: fc.constant("earlier" as const), count: fc.integer({ min: 1, max: 9 }) }),
);

function apply(state: ChatState, step: Step): ChatState {
  switch (step.kind) {
    case "push":
    case "ack":
      return receiveMessages(
        state,
        history.filter((message) => message.seq === step.seq),
      );
    case "head":
      return headChat(state, total);
    case "cut":
      return interruptChat(state);
    case "earlier": {
      const first = firstLoadedSeq(state);
      return prependMessages(
        state,
        history.filter((message) => message.seq < first && message.seq >= first - step.count),
      );
    }
    case "rejoin":
      return rejoin(state, step);
  }
}

function rejoin(
  state: ChatState,
  { pageSize, pagesHeard }: { pageSize: number; pagesHeard: number },
): ChatState {
  const since = state.lastSeq;
  let next = joinChat(state, { headSeq: total, firstSeq: 1, recent: [], since });
  const missed = history.filter((message) => message.seq > since);
  for (let page = 0; page < pagesHeard; page += 1) {
    const messages = missed.slice(page * pageSize, (page + 1) * pageSize);
    const done = (page + 1) * pageSize >= missed.length;
    next = replayChat(next, { messages, done });
    if (done) break;
  }
  return next;
}

test("[R4] whatever the network does with replays, pushes and acks, the list becomes the same", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: total }),
      fc.array(stepArbitrary, { maxLength: 80 }),
      (joinedAtSeq, steps) => {
        const recent = history.slice(Math.max(0, joinedAtSeq - 5), joinedAtSeq);
        let state = joinChat(emptyChat, { headSeq: joinedAtSeq, firstSeq: 1, recent, since: null });
        for (const step of steps) {
          state = apply(state, step);
          const shown = seqs(state);
          expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index));
          expect(shown.at(-1) ?? state.lastSeq).toBe(state.lastSeq);
        }
        state = headChat(interruptChat(state), total);
        if (missingSince(state) !== null) {
          state = rejoin(state, { pageSize: 200, pagesHeard: 1 });
        }
        state = apply(state, { kind: "earlier", count: total });
        expect(state.messages).toEqual(history);
        expect(missingSince(state)).toBeNull();
        expect(mergeOutbox(state, me, outboxOf()).pending).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
