import { DarasaError, ticketLifetimeSeconds, type BoardId } from "@darasa/protocol";
import { loadRoomOfBoard } from "../boards/store.ts";
import { authorizeGuest } from "../liveClasses/authorizeLiveClass.ts";
import { authorizeReader } from "../rooms/authorizeRoom.ts";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { signTicket } from "../tokens/signTicket.ts";
import { gatewayPath, signGatewayTicket, ticketPerson } from "./signGatewayTicket.ts";

/** A ticket and where it opens a connection. */
export interface IssuedTicket {
  readonly ticket: string;
  readonly expiresInSeconds: number;
  readonly url: string;
}

/**
 * A one-time ticket: for a board when one is named, else for the gateway.
 * @throws DarasaError not_found, removed, class_not_started, class_ended
 */
export async function issueTicket(
  services: Services,
  caller: Caller,
  boardId: BoardId | null,
): Promise<IssuedTicket> {
  const expiresInSeconds = ticketLifetimeSeconds;
  if (boardId !== null) {
    const ticket = await signBoardTicket(services, caller, boardId);
    return { ticket, expiresInSeconds, url: `/yjs/${boardId}` };
  }
  if (caller.kind === "guest") {
    await services.database.inSchool(caller.schoolId, (tx) => authorizeGuest(tx, caller));
  }
  return {
    ticket: await signGatewayTicket(services, caller),
    expiresInSeconds,
    url: gatewayPath,
  };
}

/**
 * While a class runs in the room, its boards belong to it: its locks hold for members who have not joined,
 * and who was removed from it does not come in by the side door.
 */
async function signBoardTicket(
  services: Services,
  caller: Caller,
  document: BoardId,
): Promise<string> {
  const { room, liveClass } = await services.database.inSchool(caller.schoolId, async (tx) => {
    const roomId = await loadRoomOfBoard(tx, document);
    if (roomId === null) throw new DarasaError("not_found");
    const { running } = await authorizeReader(tx, caller, roomId);
    return { room: roomId, liveClass: running };
  });
  return signTicket(
    services.keys,
    { aud: "board", ...ticketPerson(caller), document, room, liveClass },
    { jti: services.newId(), nowMs: services.now() },
  );
}
