import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeRoomTeacher } from "./authorizeRoom.ts";
import type { Member } from "./room.ts";
import { isActiveUser, loadMembers, storeMember, type Membership } from "./store.ts";

/**
 * Lets an account of the school into the room, or changes its role there; gives all members. The members
 * of a direct room are the two who talk: nobody is added.
 * @throws DarasaError not_found (room or account), forbidden
 */
export function setMember(
  services: Services,
  caller: UserCaller,
  membership: Membership & { readonly isNew: boolean },
): Promise<Member[]> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const room = await authorizeRoomTeacher(tx, caller, membership.roomId);
    if (room.kind === "direct") throw new DarasaError("forbidden");
    if (!(await isActiveUser(tx, membership.userId))) throw new DarasaError("not_found");
    await storeMember(tx, membership);
    return [...(await loadMembers(tx, membership.roomId))];
  });
}
