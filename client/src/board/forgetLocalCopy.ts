/**
 * Empties a copy. The database itself stays: to delete it would wait for every other window that has it open.
 * Never rejects.
 */
export async function forgetLocalCopy(name: string): Promise<void> {
  if (!(await isStorageAllowed())) return;
  try {
    const database = await openDatabase(name, { mayMake: false });
    await emptyStores(database);
    database.close();
  } catch {
    // What could not be emptied is refused by the server again, and then emptied.
  }
}

/** Whether this browser lets a page keep anything. */
export async function isStorageAllowed(): Promise<boolean> {
  try {
    (await openDatabase("darasa.probe", { mayMake: true })).close();
    return true;
  } catch {
    return false;
  }
}

/** One that was made here, without any store, could never be used by those who keep the copies. */
function openDatabase(
  name: string,
  { mayMake }: { readonly mayMake: boolean },
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    if (!mayMake) request.onupgradeneeded = () => request.transaction?.abort();
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
