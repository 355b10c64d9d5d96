import type { RoomId } from "@darasa/protocol";
import { authorizeReader } from "../rooms/authorizeRoom.ts";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { MessagePage } from "./chatMessage.ts";
import { loadFirst, loadLast } from "./store.ts";

interface PageRequest {
  readonly roomId: RoomId;
  /** Messages before this seq, the nearest ones. */
  readonly before?: number | undefined;
  /** Messages after this seq, the nearest ones. */
  readonly after?: number | undefined;
  readonly limit: number;
}

/**
 * A page in ascending order; without `before` and `after` the newest. Guests see their class's messages only.
 * @throws DarasaError not_found, and for guests as `authorizeReader`
 */
export function listMessages(
  services: Services,
  caller: Caller,
  { roomId, before, after, limit }: PageRequest,
): Promise<MessagePage> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const { firstSeq } = await authorizeReader(tx, caller, roomId);
    // One more than asked for tells whether there is more.
    const stretch = { roomId, toSeq: before ?? null, limit: limit + 1 };
    if (after !== undefined) {
      const fromSeq = Math.max(firstSeq, after + 1);
      const rows = await loadFirst(tx, { ...stretch, fromSeq });
      return { messages: rows.slice(0, limit), more: rows.length > limit };
    }
    const rows = await loadLast(tx, { ...stretch, fromSeq: firstSeq });
    return { messages: rows.slice(0, limit).reverse(), more: rows.length > limit };
  });
}
