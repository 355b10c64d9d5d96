import type { BoardRefusedEvent, BoardRightsEvent, BoardStoredEvent } from "@darasa/protocol/board";

/**
 * Where a board stands: no connection yet, edits only on this device, merged by the server, committed
 * there, an edit not taken (the copy is loading anew), or open for looking only.
 */
export type BoardState = "connecting" | "offline" | "synced" | "stored" | "refused" | "locked";

/** What the gateway tells about boards. */
export type BoardEvent = BoardStoredEvent | BoardRightsEvent | BoardRefusedEvent;

/** Registers for the gateway's events of all boards; returns the function that ends it. */
export type ListenToBoard = (listen: (event: BoardEvent) => void) => () => void;
