import type { BoardId, RoomId, SchoolId } from "@darasa/protocol";

/** Which board, and where its events go. */
export interface BoardPlace {
  readonly schoolId: SchoolId;
  readonly roomId: RoomId;
  readonly boardId: BoardId;
  /** The board's name in this process: school and board. */
  readonly name: string;
}

/** What a board is known by to all nodes. */
export type BoardIds = Pick<BoardPlace, "schoolId" | "boardId">;

/** The name of a board in each process. */
export function boardNameOf({ schoolId, boardId }: BoardIds): string {
  return `${schoolId}:${boardId}`;
}

/** The place of a board, with its name. */
export function makeBoardPlace(ids: Omit<BoardPlace, "name">): BoardPlace {
  return { ...ids, name: boardNameOf(ids) };
}
