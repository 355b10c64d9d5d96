import type { BoardRoots } from "@darasa/protocol/board";
import type { Awareness } from "y-protocols/awareness";

/** What the editor gets of a board: the document, and what its people do right now. */
export interface SharedBoard {
  readonly roots: BoardRoots;
  readonly awareness: Awareness;
}
