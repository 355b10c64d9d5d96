import type { BoardTicketAck } from "@darasa/protocol";
import { signTicket, type IssuerParts, type TicketFor } from "./signTicket.ts";
import type { TicketKey } from "./ticketKey.ts";

/** Gives a one-time ticket for one board, so that its reconnect needs no HTTPS (SPEC B1). */
export type SignBoardTicket = (claims: TicketFor<"board">) => BoardTicketAck;

/** Signs with the key that api and realtime share. */
export function createSignBoardTicket(key: TicketKey, parts: IssuerParts): SignBoardTicket {
  return (claims) => signTicket(key, parts, "board", claims);
}
