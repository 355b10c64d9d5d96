import type { FailureCode } from "./commandFailure.ts";

/** A chat message that the server has not confirmed, as it is kept on the device. */
export interface StoredOutboxMessage {
  /** Names the message once, for ever: a resend with it makes no second one (SPEC M2). */
  readonly clientId: string;
  readonly body: string;
  /** Epoch ms as the server has it; strictly rising within one outbox, so that it gives the order. */
  readonly writtenAtMs: number;
  /** Why the server will not take it as it is; null while there is hope. */
  readonly failure: FailureCode | null;
}

/** What keeps the unconfirmed messages of one person in one room across reloads. */
export interface OutboxStore {
  /** In the order in which they were written. */
  readonly load: () => Promise<readonly StoredOutboxMessage[]>;
  /** Adds it, or replaces the one with its `clientId`. */
  readonly put: (message: StoredOutboxMessage) => Promise<void>;
  readonly remove: (clientId: string) => Promise<void>;
}

/** An outbox store that forgets with the page: for browsers that refuse to keep anything. */
export function makeMemoryOutboxStore(messages: readonly StoredOutboxMessage[] = []): OutboxStore {
  const kept = new Map(messages.map((message) => [message.clientId, message]));
  return {
    load: () => Promise.resolve(inOrder([...kept.values()])),
    put: (message) => {
      kept.set(message.clientId, message);
      return Promise.resolve();
    },
    remove: (clientId) => {
      kept.delete(clientId);
      return Promise.resolve();
    },
  };
}

/** The same messages, earliest written first. */
export function inOrder<Message extends StoredOutboxMessage>(
  messages: readonly Message[],
): Message[] {
  return [...messages].sort(
    (a, b) => a.writtenAtMs - b.writtenAtMs || (a.clientId < b.clientId ? -1 : 1),
  );
}
