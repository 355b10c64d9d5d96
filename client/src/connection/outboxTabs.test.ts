import type { SendMessageAck } from "@darasa/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CommandFailure } from "./commandFailure.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { makeMemoryOutboxStore, type StoredOutboxMessage } from "./outboxStore.ts";
import { makeFakeBrowser } from "./test/fakeBrowser.ts";
import { makeFakeEnvironment, settle } from "./test/fakeEnvironment.ts";

/** A server that stores each id once, in the order of arrival, and answers at once unless it is held. */
function makeServer() {
  const rows: StoredOutboxMessage[] = [];
  const arrived: string[] = [];
  let refusal: CommandFailure | null = null;
  let held: Promise<void> | null = null;
  let release: () => void = () => undefined;
  return {
    rows,
    arrived,
    refuse: (failure: CommandFailure | null) => (refusal = failure),
    hold: () => (held = new Promise((resolve) => (release = resolve))),
    release: () => release(),
    async store(message: StoredOutboxMessage): Promise<SendMessageAck> {
      arrived.push(message.body);
      if (refusal !== null) throw refusal;
      const known = rows.findIndex(({ clientId }) => clientId === message.clientId);
      if (known === -1) rows.push(message);
      const seq = known === -1 ? rows.length : known + 1;
      await held;
      return { seq, messageId: `m-${seq}`, sentAtMs: 1 };
    },
  };
}

function setUp() {
  const environment = makeFakeEnvironment();
  const browser = makeFakeBrowser();
  const store = makeMemoryOutboxStore();
  const server = makeServer();
  const sent: { readonly tab: number; readonly body: string; readonly seq: number }[] = [];
  let opened = 0;

  function openTab({ isDeaf = false } = {}) {
    const tabs = browser.openTab();
    const channel = { tell: () => undefined, listen: () => undefined, close: () => undefined };
    const tab = (opened += 1);
    let isOpen = true;
    let isOnline = false;
    const outbox = createOutbox({
      store,
      tabs: isDeaf ? { ...tabs, channel } : tabs,
      environment,
      send: (message) =>
        isOnline
          ? server.store(message).then((ack) => {
              if (!isOnline) throw new CommandFailure("disconnected");
              return ack;
            })
          : Promise.reject(new CommandFailure("disconnected")),
      sent: ({ body }, { seq }) => sent.push({ tab, body, seq }),
    });
    const goOnline = (isNow: boolean) => {
      isOnline = isNow;
      if (isOpen) outbox.setReady(isNow);
    };
    return {
      outbox,
      goOnline,
      /** As a browser does it: nothing of the page runs any more. */
      die: () => {
        isOpen = isOnline = false;
        tabs.close();
      },
      /** As a page that is left does it. */
      close: () => {
        isOpen = isOnline = false;
        outbox.close();
        tabs.close();
      },
    };
  }
  return { environment, store, server, sent, openTab };
}

const shown = (outbox: Outbox) => outbox.messages().map(({ body, state }) => `${body}: ${state}`);
const bodies = (messages: readonly StoredOutboxMessage[]) => messages.map(({ body }) => body);

describe("an outbox that two pages share", () => {
  test("both show what either wrote, in the order written", async () => {
    const { openTab } = setUp();
    const [a, b] = [openTab(), openTab()];
    await settle();
    a.outbox.write("a1");
    b.outbox.write("b1");
    a.outbox.write("a2");
    for (const { outbox } of [a, b]) {
      expect(shown(outbox)).toEqual(["a1: waiting", "b1: waiting", "a2: waiting"]);
    }
  });

  test("one of them sends, and both hear what became of it", async () => {
    const { openTab, server, sent, store } = setUp();
    const [a, b] = [openTab(), openTab()];
    await settle();
    a.outbox.write("a1");
    b.outbox.write("b1");
    a.goOnline(true);
    b.goOnline(true);
    await settle();
    await settle();
    expect(server.arrived).toEqual(["a1", "b1"]);
    expect(sent.filter(({ tab }) => tab === 1)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect(sent.filter(({ tab }) => tab === 2)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect([...a.outbox.messages(), ...b.outbox.messages()]).toEqual([]);
    expect(await store.load()).toEqual([]);
  });

  test("what the page without the seat writes is sent by the other", async () => {
    const { openTab, server } = setUp();
    const [a, b] = [openTab(), openTab()];
    await settle();
    a.goOnline(true);
    b.goOnline(true);
    await settle();
    void server.hold();
    b.outbox.write("b1");
    await settle();
    expect(shown(a.outbox)).toEqual(["b1: sending"]);
    expect(shown(b.outbox)).toEqual(["b1: sending"]);
    server.release();
    await settle();
    expect(bodies(server.rows)).toEqual(["b1"]);
    expect(b.outbox.messages()).toEqual([]);
  });

  test("a page that dies while it sends hands over, and nothing is stored twice", async () => {
    const { openTab, server, store } = setUp();
    const [a, b] = [openTab(), openTab()];
    await settle();
    a.goOnline(true);
    b.goOnline(true);
    await settle();
    void server.hold();
    a.outbox.write("a1");
    a.outbox.write("a2");
    await settle();
    a.die();
    await settle();
    server.release();
    await settle();
    expect(server.arrived).toEqual(["a1", "a1", "a2"]);
    expect(bodies(server.rows)).toEqual(["a1", "a2"]);
    expect(b.outbox.messages()).toEqual([]);
    expect(await store.load()).toEqual([]);
  });

  test("a page that lost its line leaves the sending to the one that has one", async () => {
    const { openTab, server } = setUp();
    const [a, b] = [openTab(), openTab()];
    await settle();
    a.goOnline(true);
    b.goOnline(true);
    await settle();
    a.goOnline(false);
    a.outbox.write("a1");
    await settle();
    expect(bodies(server.rows)).toEqual(["a1"]);
    expect(shown(a.outbox)).toEqual([]);
  });

  test("a page that sits and sleeps is relieved, while a word of it is waited for", async () => {
    const { openTab, server, environment } = setUp();
    const [a, b] = [openTab(), openTab()];
    await settle();
    a.goOnline(true);
    b.goOnline(true);
    await settle();
    // It sleeps: it is asked and never answers.
    void server.hold();
    a.outbox.write("a1");
    await settle();
    b.outbox.write("b1");
    environment.pass(11_999);
    await settle();
    expect(server.arrived).toEqual(["a1"]);
    environment.pass(1);
    await settle();
    expect(server.arrived).toEqual(["a1", "a1"]);
    server.release();
    await settle();
    expect(bodies(server.rows)).toEqual(["a1", "b1"]);
  });

  test("a failed message is tried again, or thrown away, from either page", async () => {
    const { openTab, server, store } = setUp();
    const [a, b] = [openTab(), openTab()];
    await settle();
    a.goOnline(true);
    b.goOnline(true);
    await settle();
    server.refuse(new CommandFailure("chat_locked"));
    a.outbox.write("a1");
    a.outbox.write("a2");
    await settle();
    expect(shown(b.outbox)).toEqual(["a1: failed", "a2: failed"]);
    server.refuse(null);
    const [first, second] = b.outbox.messages();
    b.outbox.discard(first?.clientId ?? "");
    b.outbox.retry(second?.clientId ?? "");
    await settle();
    expect([...a.outbox.messages(), ...b.outbox.messages()]).toEqual([]);
    expect(bodies(server.rows)).toEqual(["a2"]);
    expect(await store.load()).toEqual([]);
  });

  test("a page that hears nothing of the others looks into the store before it sends", async () => {
    const { openTab, server } = setUp();
    const [a, b] = [openTab({ isDeaf: true }), openTab({ isDeaf: true })];
    await settle();
    a.outbox.write("a1");
    await settle();
    a.close();
    b.outbox.write("b1");
    b.goOnline(true);
    await settle();
    expect(bodies(server.rows)).toEqual(["a1", "b1"]);
  });

  test("what is written before the store could be read comes after what it holds", async () => {
    const { openTab, server, environment } = setUp();
    const first = openTab();
    await settle();
    first.outbox.write("before");
    await settle();
    first.close();
    // The device's clock was set back, and no welcome has told the server's.
    environment.setClock(-600_000);
    const second = openTab();
    second.outbox.write("after");
    await settle();
    expect(shown(second.outbox)).toEqual(["before: waiting", "after: waiting"]);
    second.close();
    const third = openTab();
    third.goOnline(true);
    await settle();
    expect(bodies(server.rows)).toEqual(["before", "after"]);
  });

  test("whatever happens to the pages, each message is stored once, in the order written", async () => {
    const step = fc.constantFrom("writeA", "writeB", "lineA", "lineB", "dieA", "dieB", "pass");
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { openTab, server, environment, store } = setUp();
        const pages = { A: openTab(), B: openTab() };
        const lines = { A: false, B: false };
        const written: string[] = [];
        await settle();
        for (const each of steps) {
          const which = each.endsWith("B") ? "B" : "A";
          if (each.startsWith("write")) {
            written.push(`${written.length}`);
            pages[which].outbox.write(written.at(-1) ?? "");
          } else if (each.startsWith("line")) {
            pages[which].goOnline((lines[which] = !lines[which]));
          } else if (each.startsWith("die")) {
            // What was just written is in the store by then: a page does not die faster than that.
            await settle();
            pages[which].die();
            pages[which] = openTab();
            lines[which] = false;
          } else {
            environment.pass(15_000);
          }
          if (written.length % 2 === 0) await settle();
        }
        await settle();
        pages.A.goOnline(true);
        pages.B.goOnline(true);
        for (let round = 0; round < 5; round += 1) {
          await settle();
          environment.pass(15_000);
        }
        await settle();
        expect(bodies(server.rows)).toEqual(written);
        expect([...pages.A.outbox.messages(), ...pages.B.outbox.messages()]).toEqual([]);
        expect(await store.load()).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
