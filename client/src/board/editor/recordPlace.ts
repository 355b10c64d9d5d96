import { hasAncestorCycle, type BoardRoots } from "@darasa/protocol/board";
import type { TLStore } from "tldraw";
import type { SharedRecord } from "./decodeRecord.ts";

/**
 * Whether a record can stand in the store now. A shape without its parent, or that is its own ancestor, would hang or
 * vanish; an arrow's binding needs both its ends. Such records wait until what they need has come.
 */
export function canStand(record: SharedRecord, store: TLStore, roots: BoardRoots): boolean {
  if (record.typeName === "binding") return hasEnds(record, store);
  if (!store.has(record.parentId)) return false;
  return !hasAncestorCycle(record.id, (id) => documentParent(roots, id));
}

function hasEnds(binding: SharedRecord & { typeName: "binding" }, store: TLStore): boolean {
  const from = store.get(binding.fromId);
  const to = store.get(binding.toId);
  // Arrows that hold on to arrows could go round in a circle.
  return from?.type === "arrow" && to !== undefined && to.type !== "arrow";
}

/**
 * The parent as the document says, not the store: so that all copies of a board judge alike, whatever
 * came first.
 */
function documentParent(roots: BoardRoots, id: string): string | undefined {
  const value = roots.records.get(id);
  if (typeof value !== "object" || value === null || !("parentId" in value)) return undefined;
  return typeof value.parentId === "string" ? value.parentId : undefined;
}
