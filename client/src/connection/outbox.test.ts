import type { ErrorCode, SendMessageAck } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { CommandFailure, type FailureCode } from "./commandFailure.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { makeMemoryOutboxStore, type OutboxStore } from "./outboxStore.ts";
import { makeFakeEnvironment, settle } from "./test/fakeEnvironment.ts";

/** A server that answers when it is told to. */
function makeServer() {
  const arrived: string[] = [];
  const stored: string[] = [];
  let answer: ((ack: SendMessageAck) => void) | undefined;
  let refuse: ((failure: CommandFailure) => void) | undefined;
  return {
    /** Every body that came, resends included. */
    arrived,
    /** The bodies told as sent, in order. */
    stored,
    send: ({ body }: { body: string }) => {
      arrived.push(body);
      return new Promise<SendMessageAck>((resolve, reject) => {
        answer = resolve;
        refuse = reject;
      });
    },
    sent: ({ body }: { body: string }) => stored.push(body),
    ack: async () => {
      answer?.({ seq: stored.length + 1, messageId: "m", sentAtMs: 1 });
      await settle();
    },
    refuse: async (code: FailureCode, retryAfterMs?: number) => {
      refuse?.(new CommandFailure(code, retryAfterMs));
      await settle();
    },
  };
}

function setUp(store: OutboxStore = makeMemoryOutboxStore()) {
  const environment = makeFakeEnvironment();
  const server = makeServer();
  const outbox = createOutbox({ store, send: server.send, sent: server.sent, environment });
  return { environment, server, outbox, store };
}

const states = (outbox: Outbox) => outbox.messages().map(({ body, state }) => `${body}: ${state}`);

describe("createOutbox", () => {
  test("what is written without a connection waits, and is sent in order when there is one", async () => {
    const { outbox, server } = setUp();
    outbox.write("one");
    outbox.write("two");
    await settle();
    expect(states(outbox)).toEqual(["one: waiting", "two: waiting"]);
    outbox.setReady(true);
    expect(states(outbox)).toEqual(["one: sending", "two: waiting"]);
    await server.ack();
    expect(states(outbox)).toEqual(["two: sending"]);
    await server.ack();
    expect(server.arrived).toEqual(["one", "two"]);
    expect(server.stored).toEqual(["one", "two"]);
    expect(outbox.messages()).toEqual([]);
  });

  test("[M2] what was not acked is sent again under the same id after the reconnect", async () => {
    const { outbox, server } = setUp();
    await settle();
    outbox.setReady(true);
    outbox.write("one");
    const [before] = outbox.messages();
    outbox.setReady(false);
    await server.refuse("disconnected");
    expect(states(outbox)).toEqual(["one: waiting"]);
    outbox.setReady(true);
    expect(server.arrived).toEqual(["one", "one"]);
    expect(outbox.messages()[0]?.clientId).toBe(before?.clientId);
  });

  test("survives a reload, in order, and leaves nothing behind once all is sent", async () => {
    const { outbox, store } = setUp();
    await settle();
    outbox.write("one");
    outbox.write("two");
    await settle();
    const ids = outbox.messages().map((message) => message.clientId);
    outbox.close();

    const second = setUp(store);
    second.outbox.write("three");
    second.outbox.setReady(true);
    await settle();
    expect(states(second.outbox)).toEqual(["one: sending", "two: waiting", "three: waiting"]);
    expect(
      second.outbox
        .messages()
        .slice(0, 2)
        .map((message) => message.clientId),
    ).toEqual(ids);
    for (let left = 3; left > 0; left -= 1) await second.server.ack();
    expect(second.server.stored).toEqual(["one", "two", "three"]);
    expect(await store.load()).toEqual([]);
  });

  test.each<ErrorCode>(["chat_locked", "too_large", "forbidden"])(
    "a message that the server refuses for good (%s) says why and holds up nobody",
    async (code) => {
      const { outbox, server, store } = setUp();
      await settle();
      outbox.setReady(true);
      outbox.write("one");
      outbox.write("two");
      await server.refuse(code);
      expect(outbox.messages()[0]).toMatchObject({ state: "failed", failure: code });
      await server.ack();
      expect(server.stored).toEqual(["two"]);
      expect(await store.load()).toMatchObject([{ body: "one", failure: code }]);
    },
  );

  test("a failed message is sent again when the person wants it", async () => {
    const { outbox, server, store } = setUp();
    await settle();
    outbox.setReady(true);
    outbox.write("one");
    await server.refuse("chat_locked");
    outbox.retry(outbox.messages()[0]?.clientId ?? "");
    expect(states(outbox)).toEqual(["one: sending"]);
    await server.ack();
    expect(server.stored).toEqual(["one"]);
    expect(await store.load()).toEqual([]);
  });

  test("a failed message that is deleted is gone for good", async () => {
    const { outbox, server, store } = setUp();
    await settle();
    outbox.setReady(true);
    outbox.write("one");
    await server.refuse("chat_locked");
    outbox.discard(outbox.messages()[0]?.clientId ?? "");
    await settle();
    expect(outbox.messages()).toEqual([]);
    expect(await store.load()).toEqual([]);
  });

  test("a server that asks to wait is given that time, and the order stays", async () => {
    const { outbox, server, environment } = setUp();
    await settle();
    outbox.setReady(true);
    outbox.write("one");
    outbox.write("two");
    await server.refuse("rate_limited", 700);
    environment.pass(699);
    expect(server.arrived).toEqual(["one"]);
    environment.pass(1);
    expect(server.arrived).toEqual(["one", "one"]);
    await server.ack();
    expect(server.arrived).toEqual(["one", "one", "two"]);
  });

  test("[M5] a server that cannot store is asked again, less and less often", async () => {
    const { outbox, server, environment } = setUp();
    await settle();
    outbox.setReady(true);
    outbox.write("one");
    await server.refuse("unavailable");
    environment.pass(300);
    expect(server.arrived).toHaveLength(2);
    await server.refuse("timeout");
    environment.pass(599);
    expect(server.arrived).toHaveLength(2);
    environment.pass(1);
    expect(server.arrived).toHaveLength(3);
  });

  test("a message that the room has brought already is not sent again", async () => {
    const { outbox, server } = setUp();
    await settle();
    outbox.write("one");
    outbox.confirm(outbox.messages()[0]?.clientId ?? "");
    outbox.setReady(true);
    expect(server.arrived).toEqual([]);
  });

  test("a browser that keeps nothing costs nothing while the page is open", async () => {
    const refuse = () => Promise.reject(new Error("no storage"));
    const { outbox, server } = setUp({ load: refuse, put: refuse, remove: refuse });
    await settle();
    outbox.setReady(true);
    outbox.write("one");
    await server.ack();
    expect(server.stored).toEqual(["one"]);
  });
});
