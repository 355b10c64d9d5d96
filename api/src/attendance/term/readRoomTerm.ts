import type { RoomId } from "@darasa/protocol";
import { authorizeRoomTeacher } from "../../rooms/authorizeRoom.ts";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { loadCorrections } from "../correctionStore.ts";
import { loadAttendanceRule } from "../store.ts";
import { loadTerm } from "./loadTerm.ts";
import type { RoomTerm } from "./makeRoomRegister.ts";
import { loadSumRows, type Stretch } from "./sumStore.ts";
import { loadStudents } from "./termStore.ts";

/**
 * What is known of who was in which class of the room: for its teachers.
 * @throws DarasaError not_found, forbidden
 */
export async function readRoomTerm(
  services: Services,
  caller: UserCaller,
  { roomId, ...stretch }: Stretch & { readonly roomId: RoomId },
): Promise<RoomTerm> {
  const { classes, fresh, isCut } = await loadTerm(services, caller, {
    ...stretch,
    roomId,
    authorize: (tx) => authorizeRoomTeacher(tx, caller, roomId),
  });
  const ids = classes.map(({ id }) => id);
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const { id, name } = await authorizeRoomTeacher(tx, caller, roomId);
    const sums = await loadSumRows(tx, ids);
    const came = [...fresh.values()].flatMap((ofClass) => [...ofClass.keys()]);
    return {
      room: { id, name },
      rule: await loadAttendanceRule(tx),
      isCut,
      classes,
      sums,
      fresh,
      corrections: await loadCorrections(tx, ids),
      students: await loadStudents(tx, roomId, { came, cameTo: ids }),
    };
  });
}
