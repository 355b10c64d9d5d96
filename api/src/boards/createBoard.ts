import { DarasaError, type RoomId } from "@darasa/protocol";
import { authorizeRoom } from "../rooms/authorizeRoom.ts";
import type { UserCaller } from "../routing/access.ts";
import { lockSchoolSettings } from "../schools/loadSchoolSettings.ts";
import type { Services } from "../services.ts";
import type { Board } from "./board.ts";
import { countBoards, storeBoard } from "./store.ts";

/**
 * A new board: in a class by its teachers, in groups and between two people by everybody who belongs there.
 * @throws DarasaError not_found, forbidden, limit_reached
 */
export function createBoard(
  services: Services,
  caller: UserCaller,
  board: { readonly roomId: RoomId; readonly title: string },
): Promise<Board> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const room = await authorizeRoom(tx, caller, board.roomId);
    if (room.kind === "class" && room.role !== "teacher") throw new DarasaError("forbidden");
    const { maxBoardsPerRoom } = await lockSchoolSettings(tx);
    if ((await countBoards(tx, board.roomId)) >= maxBoardsPerRoom) {
      throw new DarasaError("limit_reached");
    }
    return storeBoard(tx, board.roomId, board.title);
  });
}
