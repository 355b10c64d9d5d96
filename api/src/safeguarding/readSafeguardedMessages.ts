import { recordAudit } from "@darasa/database";
import { DarasaError, type RoomId } from "@darasa/protocol";
import type { MessagePage } from "../messages/chatMessage.ts";
import { loadLast } from "../messages/store.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { hasRoom, isLookRecorded } from "./store.ts";

interface PageRequest {
  readonly roomId: RoomId;
  /** Messages before this seq, the nearest ones. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Why it is read. */
  readonly reason: string;
}

/**
 * A page of any room's chat in ascending order, for who looks after the children's safety. The audit log has who
 * looked and why before anything is shown: once for a room, a reason and an hour.
 * @throws DarasaError not_found
 */
export function readSafeguardedMessages(
  services: Services,
  caller: UserCaller,
  { roomId, before, limit, reason }: PageRequest,
): Promise<MessagePage> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    if (!(await hasRoom(tx, roomId))) throw new DarasaError("not_found");
    if (!(await isLookRecorded(tx, { readerId: caller.participantId, roomId, reason }))) {
      await recordAudit(tx, {
        actor: caller,
        action: "message.read",
        subject: { kind: "room", id: roomId },
        details: { reason },
      });
    }
    // One more than asked for tells whether there is more.
    const stretch = { roomId, fromSeq: 1, toSeq: before ?? null, limit: limit + 1 };
    const rows = await loadLast(tx, stretch);
    return { messages: rows.slice(0, limit).reverse(), more: rows.length > limit };
  });
}
