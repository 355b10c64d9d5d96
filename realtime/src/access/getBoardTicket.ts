import { sql, type Database } from "@darasa/database";
import type { BoardTicketAck, BoardTicketClaims, GetBoardTicket } from "@darasa/protocol";
import * as z from "zod";
import { refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Signs a ticket that says this, besides what makes it a ticket. */
type Sign = (claims: Omit<BoardTicketClaims, "aud" | "jti" | "issuedAtMs">) => BoardTicketAck;

/**
 * Gives a ticket for a board of the room, so that its connection needs no HTTPS (SPEC B1). As the API's, it names
 * the class that runs there, whether they are in it or look on.
 */
export function createGetBoardTicket(database: Database, sign: Sign) {
  return async (stay: Stay, { board }: GetBoardTicket): Promise<Answer<BoardTicketAck>> => {
    const { room, session } = stay;
    const { participantId, schoolId, name, signInId, guestOf } = session.identity;
    const liveClass = room.liveClass?.liveClassId ?? null;
    const found = await database.inSchool(schoolId, (tx) =>
      tx.maybeOneFirst(sql.type(z.object({ found: z.boolean() }))`
        select true as found from boards where board_id = ${board} and room_id = ${room.roomId}`),
    );
    if (found === null || !stay.isPresent) return refuse("not_found");
    const value = sign({
      sub: participantId,
      school: schoolId,
      name,
      signIn: signInId,
      guestOf: guestOf ?? undefined,
      document: board,
      room: room.roomId,
      liveClass,
    });
    return { ok: true, value };
  };
}
