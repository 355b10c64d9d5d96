import type { BoardId, ParticipantId, RoomId } from "@darasa/protocol";
import type { BoardState, ListenToBoard } from "./boardState.ts";

/** What the classroom gives a board. */
export interface BoardProps {
  /** The board to show; a change of it opens the other one. */
  readonly document: BoardId;
  readonly roomId: RoomId;
  readonly participantId: ParticipantId;
  /** Stands at this person's cursor on the others' screens. */
  readonly name: string;
  /** By the classroom's rules as known here; the server decides by its own. */
  readonly mayDraw: boolean;
  readonly dark: boolean;
  /** A fresh one-time ticket for this board; asked again for every connection. */
  readonly getTicket: () => Promise<string>;
  /** The board's WebSocket is one of these. */
  readonly Socket: typeof WebSocket;
  readonly onBoardEvent: ListenToBoard;
  /** Told when the room was joined, which a ticket needs; the returned function ends it. */
  readonly onJoined: (listen: () => void) => () => void;
  readonly onState?: (state: BoardState) => void;
}

/** What an open board tells besides. */
export interface OpenBoardProps extends BoardProps {
  readonly onState: (state: BoardState) => void;
  readonly onShapeCount: (count: number) => void;
}
