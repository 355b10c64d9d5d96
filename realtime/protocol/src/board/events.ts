import type { ErrorCode } from "../errorCodes.ts";
import type { BoardId, RoomId } from "../ids.ts";

/** A one-time ticket for `/yjs/<board>`, so that a reconnect of the board needs no HTTPS. */
export interface GetBoardTicket {
  readonly type: "getBoardTicket";
  readonly id: string;
  readonly room: RoomId;
  readonly board: BoardId;
}

export interface BoardTicketAck {
  readonly ticket: string;
  readonly expiresInSeconds: number;
}

/**
 * What of a board has been committed to the log since the last such event (SPEC B3): for each Yjs client
 * the clock reached, and the ranges deleted as [client, clock, length].
 */
export interface BoardStoredEvent {
  readonly type: "boardStored";
  readonly room: RoomId;
  readonly board: BoardId;
  readonly clocks: Readonly<Record<string, number>>;
  readonly deletes: readonly DeleteRange[];
  /**
   * To one participant: the whole copy that this connection of theirs has synced is committed, too. It is
   * how a client learns what became of edits of an earlier connection.
   */
  readonly copy?: SyncedCopy | undefined;
}

export type DeleteRange = readonly [client: number, clock: number, length: number];

/** A client's answer to the server's question what it has: y-protocols' SyncStep2. */
export interface SyncedCopy {
  /** `jti` of the ticket that opened the connection. */
  readonly ticket: string;
  /** The how manieth answer on that connection, from 1. */
  readonly count: number;
}

/** To one session: its right to draw on that board changed while it was open (SPEC B4). */
export interface BoardRightsEvent {
  readonly type: "boardRights";
  readonly room: RoomId;
  readonly board: BoardId;
  readonly mayDraw: boolean;
}

/** To one participant: an edit was not taken; the client throws its copy away and loads anew (SPEC B5). */
export interface BoardRefusedEvent {
  readonly type: "boardRefused";
  readonly room: RoomId;
  readonly board: BoardId;
  readonly code: ErrorCode;
}
