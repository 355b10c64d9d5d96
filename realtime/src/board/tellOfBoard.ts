import type {
  BoardRefusedEvent,
  BoardRightsEvent,
  BoardStoredEvent,
  ParticipantId,
  RoomId,
  SchoolId,
} from "@darasa/protocol";
import { roomChannel } from "../publish/channelNames.ts";
import type { Publisher } from "../publish/publisher.ts";
import type { Admission } from "./admitToBoard.ts";
import type { BoardPlace } from "./boardPlace.ts";
import { toStoredExtents } from "./storedExtent.ts";
import type { UpdateExtent } from "./workerMessages.ts";

type BoardEvent = BoardStoredEvent | BoardRightsEvent | BoardRefusedEvent;

/** Tells one person, in all their sessions that have joined that room; nothing when there are none. */
export type NotifyOfBoard = (
  where: {
    readonly schoolId: SchoolId;
    readonly roomId: RoomId;
    readonly participantId: ParticipantId;
  },
  event: BoardEvent,
) => void;

/** An event but for the board that it is of. */
type News = BoardEvent extends infer Each
  ? Each extends BoardEvent
    ? Omit<Each, "room" | "board">
    : never
  : never;

/** Tells somebody who is at a board what happened to it. */
export function tellOfBoard(
  notify: NotifyOfBoard,
  { question, place: { roomId, boardId } }: Pick<Admission, "question" | "place">,
  news: News,
): void {
  notify(question, { room: roomId, board: boardId, ...news });
}

/** Tells all who are in the board's room, at every node, what of it is stored (SPEC B3). */
export function tellStored(
  publisher: Pick<Publisher, "publishEverywhere">,
  { schoolId, roomId, boardId }: BoardPlace,
  extent: UpdateExtent,
): void {
  for (const stored of toStoredExtents(extent)) {
    publisher.publishEverywhere(roomChannel(schoolId, roomId), {
      type: "boardStored",
      room: roomId,
      board: boardId,
      ...stored,
    });
  }
}
