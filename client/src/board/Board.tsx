import type { BoardId, ParticipantId, RoomId } from "@darasa/protocol";
import type { JSX } from "solid-js";
import type { BoardState, ListenToBoard } from "./boardState.ts";

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
  readonly onBoardEvent: ListenToBoard;
  readonly onState?: (state: BoardState) => void;
}

/** The board's place in the classroom: keeps its size in every state, and loads the editor when it is wanted. */
export function Board(props: BoardProps): JSX.Element {
  return <section class="board" data-board={props.document} />;
}
