import type { RoomId } from "@darasa/protocol";
import { authorizeReader } from "../rooms/authorizeRoom.ts";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Board } from "./board.ts";
import { loadBoards } from "./store.ts";

/** The room's boards, oldest first. @throws DarasaError not_found, and for guests as `authorizeReader` */
export function listBoards(services: Services, caller: Caller, roomId: RoomId): Promise<Board[]> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeReader(tx, caller, roomId);
    return [...(await loadBoards(tx, roomId))];
  });
}
