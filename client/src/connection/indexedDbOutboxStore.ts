import type { ParticipantId, RoomId } from "@darasa/protocol";
import { inOrder, type OutboxStore, type StoredOutboxMessage } from "./outboxStore.ts";

const databaseName = "darasa-outbox";
const storeName = "messages";

type Row = StoredOutboxMessage & { readonly person: ParticipantId; readonly room: RoomId };

/**
 * The outbox of one person in one room, in this browser's IndexedDB. Its promises reject with a
 * `DOMException` where the browser keeps nothing (private windows, a full disk).
 */
export function makeIndexedDbOutboxStore(person: ParticipantId, room: RoomId): OutboxStore {
  let opened: Promise<IDBDatabase> | undefined;
  const database = () => (opened ??= openDatabase());

  async function inStore<Value>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value> {
    const transaction = (await database()).transaction(storeName, mode);
    return answer(ask(transaction.objectStore(storeName)));
  }

  return {
    load: async () => {
      const ofThisRoom = IDBKeyRange.bound([person, room], [person, room, []]);
      const rows = await inStore("readonly", (store) => store.getAll(ofThisRoom));
      return inOrder((rows as Row[]).map(withoutKey));
    },
    put: async (message) => {
      const row: Row = { ...message, person, room };
      await inStore("readwrite", (store) => store.put(row));
    },
    remove: async (clientId) => {
      await inStore("readwrite", (store) => store.delete([person, room, clientId]));
    },
  };
}

/** How many unconfirmed messages this browser keeps for that person, in all rooms. @throws DOMException as above */
export async function countKeptMessages(person: ParticipantId): Promise<number> {
  const store = await openStore("readonly");
  return answer(store.count(ofAllRooms(person)));
}

/** Throws all of that person's unconfirmed messages away. @throws DOMException as above */
export async function forgetKeptMessages(person: ParticipantId): Promise<void> {
  const store = await openStore("readwrite");
  await answer(store.delete(ofAllRooms(person)));
}

async function openStore(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await openDatabase()).transaction(storeName, mode).objectStore(storeName);
}

function ofAllRooms(person: ParticipantId): IDBKeyRange {
  return IDBKeyRange.bound([person], [person, []]);
}

function withoutKey({ clientId, body, writtenAtMs, failure }: Row): StoredOutboxMessage {
  return { clientId, body, writtenAtMs, failure };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(storeName, { keyPath: ["person", "room", "clientId"] });
  };
  return answer(request);
}

function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException("IndexedDB failed"));
  });
}
