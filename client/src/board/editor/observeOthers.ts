import type { BoardRoots } from "@darasa/protocol/board";
import type { Transaction, YMapEvent } from "yjs";
import { localOrigin } from "../localOrigin.ts";

/**
 * Calls `touched` with the id of every record that changes in the document by anything but this device's own
 * writing; the returned function ends it.
 */
export function observeOthers(roots: BoardRoots, touched: (id: string) => void): () => void {
  const keys = (event: YMapEvent<unknown>, transaction: Transaction): void => {
    if (transaction.origin !== localOrigin) event.keysChanged.forEach(touched);
  };
  const ink: Parameters<typeof roots.ink.observeDeep>[0] = (events, transaction) => {
    if (transaction.origin === localOrigin) return;
    for (const event of events) {
      const [id] = event.path;
      if (id !== undefined) touched(String(id));
      else event.changes.keys.forEach((_change, changed) => touched(changed));
    }
  };
  roots.records.observe(keys);
  roots.points.observe(keys);
  roots.ink.observeDeep(ink);
  return () => {
    roots.records.unobserve(keys);
    roots.points.unobserve(keys);
    roots.ink.unobserveDeep(ink);
  };
}
