import { IndexeddbPersistence } from "y-indexeddb";
import type { Doc } from "yjs";
import { isStorageAllowed } from "./forgetLocalCopy.ts";

/** Slower than this, and the board opens from the network alone. */
const patienceMs = 3_000;

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

function passed(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}
