import { inOrder, type StoredOutboxMessage } from "./outboxStore.ts";

/** `waiting` for a connection or its turn, `sending`, or `failed`: then the person decides. */
export interface OutboxMessage extends StoredOutboxMessage {
  readonly state: "waiting" | "sending" | "failed";
}

type Messages = readonly OutboxMessage[];

/** With that message, or with it in the place of the one that has its `clientId`; in the order written. */
export function putMessage(messages: Messages, message: OutboxMessage): Messages {
  return inOrder([...messages.filter(({ clientId }) => clientId !== message.clientId), message]);
}

/** Without that one. */
export function dropMessage(messages: Messages, clientId: string): Messages {
  return messages.filter((message) => message.clientId !== clientId);
}

/** What the store says, merged in. `kept` are those that were in it: one that is there no more was sent elsewhere. */
export function mergeStored(
  messages: Messages,
  stored: readonly StoredOutboxMessage[],
  kept: ReadonlySet<string>,
): Messages {
  const inStore = new Set(stored.map(({ clientId }) => clientId));
  const known = new Set(messages.map(({ clientId }) => clientId));
  const still = messages.filter(({ clientId }) => inStore.has(clientId) || !kept.has(clientId));
  const found = stored.filter(({ clientId }) => !known.has(clientId)).map(fromStore);
  return inOrder([...still, ...found]);
}

/** All that were on their way from another page wait again: it will not say what became of them. */
export function reclaimMessages(messages: Messages): Messages {
  return messages.map((message) =>
    message.state === "sending" ? { ...message, state: "waiting" } : message,
  );
}

/** Dated so that those which were written before the store could be read come after what it holds. */
export function redateAfter(messages: Messages, stored: readonly StoredOutboxMessage[]): Messages {
  const inStore = new Set(stored.map(({ clientId }) => clientId));
  let lastMs = Math.max(...stored.map(({ writtenAtMs }) => writtenAtMs), 0);
  return messages.map((message) => {
    if (inStore.has(message.clientId)) return message;
    lastMs = Math.max(lastMs + 1, message.writtenAtMs);
    return lastMs === message.writtenAtMs ? message : { ...message, writtenAtMs: lastMs };
  });
}

function fromStore(message: StoredOutboxMessage): OutboxMessage {
  return { ...message, state: message.failure === null ? "waiting" : "failed" };
}
