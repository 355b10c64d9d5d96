import type { BoardId, RoomId, SchoolId } from "@darasa/protocol";

/** Which board, and where its events go. */
export interface BoardPlace {
  readonly schoolId: SchoolId;
  readonly roomId: RoomId;
  readonly boardId: BoardId;
  /** The board's name in this process: school and board. */
  readonly name: string;
}

/** The place of a board, with its name. */
export function makeBoardPlace(ids: Omit<BoardPlace, "name">): BoardPlace {
  return { ...ids, name: `${ids.schoolId}:${ids.boardId}` };
}
