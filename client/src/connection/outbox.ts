import type { SendMessageAck } from "@darasa/protocol";
import { createSignal, type Accessor } from "solid-js";
import { backoffDelayMs } from "./backoff.ts";
import { CommandFailure } from "./commandFailure.ts";
import type { Environment } from "./environment.ts";
import {
  dropMessage,
  mergeStored,
  putMessage,
  reclaimMessages,
  redateAfter,
  type OutboxMessage,
} from "./outboxMessages.ts";
import type { OutboxStore, StoredOutboxMessage } from "./outboxStore.ts";
import type { OutboxTabs, OutboxWord } from "./outboxTabs.ts";

/** Another page that sends says something more often than that; one that does not, sleeps. */
const sleeperPatienceMs = 12_000;

/**
 * The messages of one person in one room that the server has not confirmed. They are sent one after another
 * in the order written, again and again with the same id until they are acked (SPEC M2, M5), also after a reload.
 * All pages that the person has open on the room show the same ones, and one of those pages sends.
 */
export interface Outbox {
  readonly messages: Accessor<readonly OutboxMessage[]>;
  /** Queues a message and sends it as soon as it can be. */
  readonly write: (body: string) => void;
  /** Gives a failed message another chance, in its old place. */
  readonly retry: (clientId: string) => void;
  /** Gives up an unconfirmed message for good. One that is on its way may still arrive. */
  readonly discard: (clientId: string) => void;
  /** The room's own stream has brought the message: it needs no sending any more. */
  readonly confirm: (clientId: string) => void;
  /** Whether the room is joined, so that sending makes sense. */
  readonly setReady: (isReady: boolean) => void;
  /** Stops sending; what is unconfirmed stays in the store, and to other pages. */
  readonly close: () => void;
}

export interface OutboxOptions {
  readonly store: OutboxStore;
  /** The person's other pages; none unless given. */
  readonly tabs?: OutboxTabs | undefined;
  /** Sends once. @throws CommandFailure as rejection */
  readonly send: (message: StoredOutboxMessage) => Promise<SendMessageAck>;
  /** The server has stored it, whichever page sent it. */
  readonly sent: (message: StoredOutboxMessage, ack: SendMessageAck) => void;
  readonly environment: Pick<Environment, "now" | "random" | "newId" | "after">;
}

/** The outbox of what `options.store` holds, not sending until `setReady(true)`. */
export function createOutbox(options: OutboxOptions): Outbox {
  return new StoredOutbox(options);
}

class StoredOutbox implements Outbox {
  readonly messages: Accessor<readonly OutboxMessage[]>;
  readonly #setMessages: (messages: readonly OutboxMessage[]) => void;
  readonly #options: OutboxOptions;
  /** What the store has been known to hold. */
  readonly #kept = new Set<string>();
  /** Writes to the store follow one another, so that a removal never overtakes its insertion. */
  #stored: Promise<unknown>;
  #isLoaded = false;
  #isReady = false;
  #isSeated = false;
  #isSending = false;
  #attempt = 0;
  #cancelRetry: (() => void) | undefined;
  #cancelPatience: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    const [messages, setMessages] = createSignal<readonly OutboxMessage[]>([]);
    this.messages = messages;
    this.#setMessages = setMessages;
    this.#options = options;
    options.tabs?.channel.listen((word) => this.#heard(word));
    this.#stored = this.#load(redateAfter);
  }

  readonly write = (body: string): void => {
    const { now, newId } = this.#options.environment;
    const writtenAtMs = Math.max(now(), (this.messages().at(-1)?.writtenAtMs ?? 0) + 1);
    this.#put({ clientId: newId(), body, writtenAtMs, failure: null, state: "waiting" });
  };

  readonly retry = (clientId: string): void =>
    this.#change(clientId, { state: "waiting", failure: null });

  readonly discard = (clientId: string): void => {
    this.confirm(clientId);
    this.#tell({ type: "discarded", clientId });
  };

  readonly confirm = (clientId: string): void => {
    if (!this.messages().some((message) => message.clientId === clientId)) return;
    this.#setMessages(dropMessage(this.messages(), clientId));
    this.#store((store) => store.remove(clientId));
  };

  readonly setReady = (isReady: boolean): void => {
    this.#attempt = 0;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    if (isReady !== this.#isReady) {
      this.#isReady = isReady;
      this.#askOrLeave();
    }
    this.#sendNext();
  };

  readonly close = (): void => {
    this.setReady(false);
    this.#options.tabs?.channel.close();
  };

  #askOrLeave(): void {
    const seat = this.#options.tabs?.seat;
    if (this.#isReady && seat !== undefined) {
      seat.ask((isSeated) => this.#seatChanged(isSeated));
    } else {
      this.#isSeated = this.#isReady;
      seat?.leave();
    }
    this.#watchSleeper();
  }

  #seatChanged(isSeated: boolean): void {
    this.#isSeated = isSeated;
    this.#watchSleeper();
    if (!isSeated) return;
    // Another page may have sent since, and a page that slept heard nothing of it.
    this.#isLoaded = false;
    if (!this.#isSending) this.#setMessages(reclaimMessages(this.messages()));
    this.#stored = this.#stored.then(() => this.#load((messages) => messages));
  }

  async #load(redate: typeof redateAfter): Promise<void> {
    const stored = await this.#options.store.load().catch(() => null);
    if (stored !== null) this.#merge(stored, redate);
    this.#isLoaded = true;
    this.#sendNext();
  }

  #merge(stored: readonly StoredOutboxMessage[], redate: typeof redateAfter): void {
    const before = this.messages();
    const messages = redate(before, stored);
    this.#setMessages(mergeStored(messages, stored, this.#kept));
    for (const message of stored) this.#kept.add(message.clientId);
    for (const message of messages) if (!before.includes(message)) this.#put(message);
  }

  /** A store that fails costs surviving the reload, not the message. */
  #store(change: (store: OutboxStore) => Promise<void>): void {
    this.#stored = this.#stored.then(() => change(this.#options.store)).catch(() => undefined);
  }

  #keep({ clientId, body, writtenAtMs, failure }: OutboxMessage): void {
    this.#store(async (store) => {
      await store.put({ clientId, body, writtenAtMs, failure });
      this.#kept.add(clientId);
    });
  }

  #tell(word: OutboxWord): void {
    this.#options.tabs?.channel.tell(word);
  }

  #heard(word: OutboxWord): void {
    this.#watchSleeper();
    if (word.type === "put") {
      this.#setMessages(putMessage(this.messages(), word.message));
      this.#sendNext();
    } else if (word.type === "discarded") {
      this.confirm(word.clientId);
    } else {
      this.#options.sent(word.message, word.ack);
      this.confirm(word.message.clientId);
    }
  }

  /** Shows it here and on the other pages; what it says apart from its state is kept. */
  #put(message: OutboxMessage, isKept = true): void {
    this.#setMessages(putMessage(this.messages(), message));
    if (isKept) this.#keep(message);
    this.#tell({ type: "put", message });
    this.#sendNext();
    this.#watchSleeper();
  }

  #change(clientId: string, change: Partial<OutboxMessage>): void {
    const message = this.messages().find((other) => other.clientId === clientId);
    if (message === undefined) return;
    this.#put({ ...message, ...change }, "failure" in change);
  }

  #sendNext(): void {
    const canSend = this.#isLoaded && this.#isReady && this.#isSeated;
    if (!canSend || this.#isSending || this.#cancelRetry !== undefined) return;
    const next = this.messages().find((message) => message.state === "waiting");
    if (next !== undefined) void this.#send(next);
  }

  async #send(message: OutboxMessage): Promise<void> {
    this.#isSending = true;
    this.#change(message.clientId, { state: "sending" });
    try {
      const ack = await this.#options.send(message);
      this.#attempt = 0;
      this.#options.sent(message, ack);
      this.#tell({ type: "sent", message, ack });
      this.confirm(message.clientId);
    } catch (error) {
      const failure = error instanceof CommandFailure ? error : new CommandFailure("internal");
      this.#failed(message.clientId, failure);
    }
    this.#isSending = false;
    this.#sendNext();
  }

  #failed(clientId: string, { code, retryable, retryAfterMs }: CommandFailure): void {
    if (!retryable) {
      this.#change(clientId, { state: "failed", failure: code });
      return;
    }
    this.#change(clientId, { state: "waiting" });
    // Without a room the next join starts over; otherwise time has to pass.
    if (!this.#isReady) return;
    const { after, random } = this.#options.environment;
    this.#attempt += 1;
    this.#cancelRetry = after(retryAfterMs ?? backoffDelayMs(this.#attempt, random()), () => {
      this.#cancelRetry = undefined;
      this.#sendNext();
    });
  }

  /** Waits for a word of the page that sends, as long as something is to be sent; then takes its seat. */
  #watchSleeper(): void {
    this.#cancelPatience?.();
    this.#cancelPatience = undefined;
    const tabs = this.#options.tabs;
    if (tabs === undefined || !this.#isReady || this.#isSeated) return;
    if (!this.messages().some(({ state }) => state !== "failed")) return;
    this.#cancelPatience = this.#options.environment.after(sleeperPatienceMs, tabs.seat.seize);
  }
}
