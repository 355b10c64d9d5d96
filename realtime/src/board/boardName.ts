import { isUuid, type BoardId } from "@darasa/protocol";

/** The board that a document's name in the address means, or null: one board has one name. */
export function parseBoardName(name: string): BoardId | null {
  return isUuid(name) ? (name as BoardId) : null;
}
