import type { BoardTicketAck } from "@darasa/protocol";
import { signTicket, type IssuerParts, type TicketFor } from "./signTicket.ts";

/** Gives a one-time ticket for one board, so that its reconnect needs no HTTPS (SPEC B1). */
export type SignBoardTicket = (claims: TicketFor<"board">) => BoardTicketAck;

/** Signs with the key that api and realtime share. */
export function createSignBoardTicket(parts: IssuerParts): SignBoardTicket {
  return (claims) => signTicket(parts, "board", claims);
}
