import type { BoardId, ParticipantId } from "@darasa/protocol";
import { IndexeddbPersistence } from "y-indexeddb";
import type { Doc } from "yjs";

/** Slower than this, and the board opens from the network alone. */
const patienceMs = 3_000;

/** The database of one person's copy of one board: two people of one computer never share a copy. */
export function localCopyName(participantId: ParticipantId, board: BoardId): string {
  return `darasa.board.${participantId}.${board}`;
}

/**
 * Brings into `doc` what this device kept of it and keeps it up to date from then on. Resolves when that is
 * done with the function that ends the keeping; with undefined where the browser allows no storage. Never rejects.
 */
export async function openLocalCopy(
  name: string,
  doc: Doc,
): Promise<(() => Promise<void>) | undefined> {
  if (!(await isStorageAllowed())) return undefined;
  const persistence = new IndexeddbPersistence(name, doc);
  await Promise.race([persistence.whenSynced, passed(patienceMs)]);
  return () => persistence.destroy();
}

/**
 * Empties a copy. The database itself stays: to delete it would wait for every other window that has it open.
 * Never rejects.
 */
export async function forgetLocalCopy(name: string): Promise<void> {
  if (!(await isStorageAllowed())) return;
  try {
    const database = await openDatabase(name);
    await emptyStores(database);
    database.close();
  } catch {
    // What could not be emptied is refused by the server again, and then emptied.
  }
}

async function isStorageAllowed(): Promise<boolean> {
  try {
    (await openDatabase("darasa.probe")).close();
    return true;
  } catch {
    return false;
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no storage"));
  });
}

function emptyStores(database: IDBDatabase): Promise<void> {
  const names = [...database.objectStoreNames];
  if (names.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, "readwrite");
    for (const name of names) transaction.objectStore(name).clear();
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("not emptied"));
  });
}

function passed(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}
