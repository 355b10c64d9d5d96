import type { OutboxTabs, OutboxWord } from "../outboxTabs.ts";
import { createLockSeat, type Locks } from "../sendingSeat.ts";
import type { TabChannel } from "../tabChannel.ts";

/** What the pages of one browser share: its locks and its channels. */
export interface FakeBrowser {
  /** One more page; `close` is what the browser does when it is closed or dies. */
  readonly openTab: () => OutboxTabs & { readonly close: () => void };
}

/** A browser without pages. */
export function makeFakeBrowser(): FakeBrowser {
  const locks = makeFakeLocks();
  const hub = new Set<(word: OutboxWord) => void>();
  return {
    openTab: () => {
      const page = locks.openPage();
      const seat = createLockSeat(page.locks, "outbox");
      const { channel, leave } = joinHub(hub);
      return {
        seat,
        channel,
        close: () => {
          leave();
          page.close();
        },
      };
    },
  };
}

function joinHub(hub: Set<(word: OutboxWord) => void>) {
  let hear: (word: OutboxWord) => void = () => undefined;
  const member = (word: OutboxWord) => hear(word);
  hub.add(member);
  const leave = () => void hub.delete(member);
  const channel: TabChannel<OutboxWord> = {
    tell: (word) => {
      if (hub.has(member)) hub.forEach((other) => other !== member && other(structuredClone(word)));
    },
    listen: (listener) => (hear = listener),
    close: leave,
  };
  return { channel, leave };
}

interface Request {
  readonly page: object;
  readonly sit: () => unknown;
  readonly refuse: (error: Error) => void;
  readonly done: () => void;
}

/** One exclusive lock as the Web Locks API has it: in the order asked, stolen on demand, freed with its page. */
export function makeFakeLocks() {
  let held: Request | undefined;
  let queue: Request[] = [];

  function grantNext(): void {
    const next = held === undefined ? queue.shift() : undefined;
    if (next === undefined) return;
    held = next;
    void Promise.resolve(next.sit()).then(() => free(next));
  }

  function free(request: Request): void {
    if (held !== request) return;
    held = undefined;
    request.done();
    grantNext();
  }

  function steal(): void {
    held?.refuse(new DOMException("stolen", "AbortError"));
    held = undefined;
  }

  function ask(request: Request, options: LockOptions): void {
    if (options.steal === true) steal();
    options.signal?.addEventListener("abort", () => {
      if (!queue.includes(request)) return;
      queue = queue.filter((other) => other !== request);
      request.refuse(new DOMException("aborted", "AbortError"));
    });
    if (options.steal === true) queue.unshift(request);
    else queue.push(request);
    queueMicrotask(grantNext);
  }

  function openPage() {
    const page = {};
    const request = (_: string, options: LockOptions, sit: () => unknown) =>
      new Promise<void>((done, refuse) => ask({ page, sit, done, refuse }, options));
    const close = () => {
      queue = queue.filter((other) => other.page !== page);
      if (held?.page === page) held = undefined;
      queueMicrotask(grantNext);
    };
    // A seat asks in this one form only.
    return { locks: { request } as unknown as Locks, close };
  }

  return { openPage, openQueue: () => queue.length };
}
