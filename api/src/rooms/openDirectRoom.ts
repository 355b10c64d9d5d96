import { sql, type SchoolTransaction } from "@darasa/database";
import {
  DarasaError,
  hasSchoolPermission,
  type ParticipantId,
  type RoomId,
} from "@darasa/protocol";
import * as z from "zod";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeRoom } from "./authorizeRoom.ts";
import { loadSchoolRole, storeMember } from "./memberStore.ts";
import type { Room } from "./room.ts";
import { showRoom } from "./showRooms.ts";

/**
 * The one room of the caller and another account, made when it is missing. Two students have one only where
 * their school lets them, and nobody has one with themselves.
 * @throws DarasaError not_found, forbidden, bad_request
 */
export function openDirectRoom(
  services: Services,
  caller: UserCaller,
  userId: ParticipantId,
): Promise<Room> {
  if (userId === caller.participantId) throw new DarasaError("bad_request");
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const otherRole = await loadSchoolRole(tx, userId);
    if (!otherRole) throw new DarasaError("not_found");
    const areStudents = caller.role === "student" && otherRole === "student";
    if (areStudents && !(await mayStudentsTalk(tx))) throw new DarasaError("forbidden");
    const roomId = await findOrMake(tx, [caller.participantId, userId]);
    const people = [
      { userId: caller.participantId, role: caller.role },
      { userId, role: otherRole },
    ];
    for (const person of people) {
      const role = hasSchoolPermission(person.role, "rooms.create") ? "teacher" : "student";
      await storeMember(tx, { roomId, userId: person.userId, role });
    }
    return showRoom(tx, caller, await authorizeRoom(tx, caller, roomId));
  });
}

const nothing = sql.typeAlias("nothing");
const idRowSchema = z.object({ id: z.string().transform((id) => id as RoomId) });

function mayStudentsTalk(tx: SchoolTransaction): Promise<boolean> {
  return tx.exists(nothing`select from schools where student_direct_messages`);
}

/** Of two who open it at the same time the second waits for the first, and finds its room. */
async function findOrMake(
  tx: SchoolTransaction,
  pair: readonly [ParticipantId, ParticipantId],
): Promise<RoomId> {
  const key = pair.toSorted().join(":");
  await tx.query(nothing`
    insert into rooms (school_id, kind, name, direct_key)
    values (app_school_id(), 'direct', 'direct', ${key})
    on conflict (school_id, direct_key) where direct_key is not null do nothing`);
  return tx.oneFirst(sql.type(idRowSchema)`
    select room_id as id from rooms where direct_key = ${key}`);
}
