import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, hasSchoolPermission } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { changeAccess } from "../accounts/endAccess.ts";
import { authorizeMemberChange, refuseUnlessTaught } from "./authorizeMemberChange.ts";
import {
  loadMembers,
  loadPlace,
  loadSchoolRole,
  storeMember,
  type Membership,
  type Place,
} from "./memberStore.ts";
import type { Member } from "./room.ts";

/** Somebody's place as a teacher of the room wants it. */
interface WantedPlace extends Membership {
  /** Whether they may be new to the room. */
  readonly isNew: boolean;
}

/**
 * Lets an account of the school into the room, or changes its place there; gives all members. Only who teaches in
 * the school is a teacher of a class; in a group anybody may be. A changed place holds on open connections at once.
 * @throws DarasaError not_found (room, account or member), forbidden, bad_request, conflict for the last teacher
 */
export function setMember(
  services: Services,
  caller: UserCaller,
  wanted: WantedPlace,
): Promise<Member[]> {
  const { roomId, userId, role, untilMs = null } = wanted;
  if (untilMs !== null && (role !== "teacher" || untilMs <= services.now())) {
    throw new DarasaError("bad_request", {
      details: { detail: "untilMs: must lie ahead, for a teacher" },
    });
  }
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const former = await authorizePlace(tx, caller, wanted);
    await storeMember(tx, wanted);
    await recordAudit(tx, {
      actor: caller,
      action: "room.memberSet",
      subject: { kind: "room", id: roomId },
      details: { userId, role, untilMs },
    });
    if (former && (former.role !== role || former.untilMs !== untilMs)) {
      await changeAccess(services, tx, { schoolId: caller.schoolId, participantId: userId });
    }
    return [...(await loadMembers(tx, roomId))];
  });
}

/** Whether the caller may give somebody that place; gives the one that they had. */
async function authorizePlace(
  tx: SchoolTransaction,
  caller: UserCaller,
  wanted: WantedPlace,
): Promise<Place | null> {
  const room = await authorizeMemberChange(tx, caller, wanted.roomId);
  const former = await loadPlace(tx, wanted.roomId, wanted.userId);
  const touchesTeachers = wanted.role === "teacher" || former?.role === "teacher";
  if (touchesTeachers && room.isSubstitute) throw new DarasaError("forbidden");
  if (!former && !wanted.isNew) throw new DarasaError("not_found");
  await refuseUnlessEligible(tx, wanted, room.kind);
  const isStaying = wanted.role === "teacher" && wanted.untilMs == null;
  if (former && !isStaying) await refuseUnlessTaught(tx, caller, wanted);
  return former;
}

async function refuseUnlessEligible(
  tx: SchoolTransaction,
  { userId, role }: Membership,
  kind: "class" | "group",
): Promise<void> {
  const schoolRole = await loadSchoolRole(tx, userId);
  if (!schoolRole) throw new DarasaError("not_found");
  const needsTeacher = role === "teacher" && kind === "class";
  if (needsTeacher && !hasSchoolPermission(schoolRole, "rooms.create")) {
    throw new DarasaError("forbidden");
  }
}
