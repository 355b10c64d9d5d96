import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type ParticipantId, type RoomId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { changeAccess } from "../accounts/endAccess.ts";
import { refuseDirect, refuseUnlessTaught } from "./authorizeMemberChange.ts";
import { authorizeRoom } from "./authorizeRoom.ts";
import { deleteMember, loadPlace } from "./memberStore.ts";
import { lockRoom } from "./store.ts";

interface MemberOfRoom {
  readonly roomId: RoomId;
  readonly userId: ParticipantId;
}

/**
 * Takes somebody out of a class or group; their open connections end. Teachers of the room take out anybody,
 * and everybody leaves a group by themselves.
 * @throws DarasaError not_found (room or member), forbidden, conflict for the last teacher
 */
export function removeMember(
  services: Services,
  caller: UserCaller,
  member: MemberOfRoom,
): Promise<void> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeRemoval(tx, caller, member);
    await refuseUnlessTaught(tx, caller, member);
    await deleteMember(tx, member.roomId, member.userId);
    await recordAudit(tx, {
      actor: caller,
      action: "room.memberRemoved",
      subject: { kind: "room", id: member.roomId },
      details: { userId: member.userId },
    });
    await changeAccess(services, tx, { schoolId: caller.schoolId, participantId: member.userId });
  });
}

async function authorizeRemoval(
  tx: SchoolTransaction,
  caller: UserCaller,
  { roomId, userId }: MemberOfRoom,
): Promise<void> {
  await lockRoom(tx, roomId);
  const room = refuseDirect(await authorizeRoom(tx, caller, roomId));
  const isLeaving = userId === caller.participantId && room.kind === "group";
  if (room.role !== "teacher" && !isLeaving) throw new DarasaError("forbidden");
  const place = await loadPlace(tx, roomId, userId);
  if (!place) throw new DarasaError("not_found");
  const isOther = userId !== caller.participantId;
  if (room.isSubstitute && isOther && place.role === "teacher") throw new DarasaError("forbidden");
}
