import type { SendMessageAck } from "@darasa/protocol";
import { createSignal, type Accessor } from "solid-js";
import { backoffDelayMs } from "./backoff.ts";
import { CommandFailure, type FailureCode } from "./commandFailure.ts";
import type { Environment } from "./environment.ts";
import type { OutboxStore, StoredOutboxMessage } from "./outboxStore.ts";

/** `waiting` for a connection or its turn, `sending`, or `failed`: then the person decides. */
export interface OutboxMessage extends StoredOutboxMessage {
  readonly state: "waiting" | "sending" | "failed";
}

/**
 * The messages of one person in one room that the server has not confirmed. They are sent one after another
 * in the order written, again and again with the same id until they are acked (SPEC M2, M5), also after a reload.
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
  /** Stops sending; what is unconfirmed stays in the store. */
  readonly close: () => void;
}

export interface OutboxOptions {
  readonly store: OutboxStore;
  /** Sends once. @throws CommandFailure as rejection */
  readonly send: (message: StoredOutboxMessage) => Promise<SendMessageAck>;
  /** The server has stored it. */
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
  /** Writes to the store follow one another, so that a removal never overtakes its insertion. */
  #stored: Promise<unknown>;
  #isLoaded = false;
  #isReady = false;
  #isSending = false;
  #attempt = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    const [messages, setMessages] = createSignal<readonly OutboxMessage[]>([]);
    this.messages = messages;
    this.#setMessages = setMessages;
    this.#options = options;
    this.#stored = this.#load();
  }

  readonly write = (body: string): void => {
    const { now, newId } = this.#options.environment;
    const last = this.messages().at(-1);
    const writtenAtMs = Math.max(now(), (last?.writtenAtMs ?? 0) + 1);
    const message = { clientId: newId(), body, writtenAtMs, failure: null };
    this.#setMessages([...this.messages(), { ...message, state: "waiting" }]);
    this.#keep(message.clientId);
    this.#sendNext();
  };

  readonly retry = (clientId: string): void => {
    this.#change(clientId, { state: "waiting", failure: null });
    this.#keep(clientId);
    this.#sendNext();
  };

  readonly discard = (clientId: string): void => {
    this.#setMessages(this.messages().filter((message) => message.clientId !== clientId));
    this.#store((store) => store.remove(clientId));
  };

  readonly confirm = (clientId: string): void => {
    if (this.messages().some((message) => message.clientId === clientId)) this.discard(clientId);
  };

  readonly setReady = (isReady: boolean): void => {
    this.#isReady = isReady;
    this.#attempt = 0;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#sendNext();
  };

  readonly close = (): void => this.setReady(false);

  async #load(): Promise<void> {
    const loaded = await this.#options.store.load().catch(() => []);
    const messages = loaded.map(
      (message) =>
        ({ ...message, state: message.failure === null ? "waiting" : "failed" }) as const,
    );
    this.#setMessages([...messages, ...this.messages()]);
    this.#isLoaded = true;
    this.#sendNext();
  }

  /** A store that fails costs surviving the reload, not the message. */
  #store(change: (store: OutboxStore) => Promise<void>): void {
    this.#stored = this.#stored.then(() => change(this.#options.store)).catch(() => undefined);
  }

  #change(clientId: string, change: Partial<OutboxMessage>): void {
    const messages = this.messages().map((message) =>
      message.clientId === clientId ? { ...message, ...change } : message,
    );
    this.#setMessages(messages);
  }

  #sendNext(): void {
    if (!this.#isLoaded || !this.#isReady || this.#isSending) return;
    if (this.#cancelRetry !== undefined) return;
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
      this.confirm(message.clientId);
    } catch (error) {
      this.#failed(
        message,
        error instanceof CommandFailure ? error : new CommandFailure("internal"),
      );
    }
    this.#isSending = false;
    this.#sendNext();
  }

  #failed(message: OutboxMessage, failure: CommandFailure): void {
    if (!failure.retryable) {
      this.#fail(message.clientId, failure.code);
      return;
    }
    this.#change(message.clientId, { state: "waiting" });
    // Without a room the next join starts over; otherwise time has to pass.
    if (!this.#isReady) return;
    const { after, random } = this.#options.environment;
    this.#attempt += 1;
    this.#cancelRetry = after(
      failure.retryAfterMs ?? backoffDelayMs(this.#attempt, random()),
      () => {
        this.#cancelRetry = undefined;
        this.#sendNext();
      },
    );
  }

  #fail(clientId: string, failure: FailureCode): void {
    this.#change(clientId, { state: "failed", failure });
    this.#keep(clientId);
  }

  #keep(clientId: string): void {
    const kept = this.messages().find((message) => message.clientId === clientId);
    if (kept === undefined) return;
    const { body, writtenAtMs, failure } = kept;
    this.#store((store) => store.put({ clientId, body, writtenAtMs, failure }));
  }
}
