import { Counter, Trend } from "k6/metrics";

/** From opening a connection until the room is there with nothing missed. */
export const joinMs = new Trend("join_ms", true);
/** From sending a message until it was committed. */
export const ackMs = new Trend("ack_ms", true);
/** From sending a message until somebody else has it. */
export const deliveryMs = new Trend("delivery_ms", true);
/** From the loss of a connection until nothing is missed any more. */
export const backMs = new Trend("back_ms", true);
/** Of the API: a guest's sign-in, and a ticket for the gateway. */
export const tokenMs = new Trend("token_ms", true);
export const ticketMs = new Trend("ticket_ms", true);

export const joined = new Counter("joined");
export const back = new Counter("back");
export const sent = new Counter("sent");
export const acked = new Counter("acked");
export const delivered = new Counter("delivered");
/** Errors that the server answered with. */
export const refused = new Counter("refused");
/** Connections that ended and should not have. */
export const cut = new Counter("cut");
/** By `seq`: messages that never came, and those that came again. */
export const lost = new Counter("lost");
export const duplicated = new Counter("duplicated");
/** Lists of people that were compared with a fresh one, and those that were another. */
export const lists = new Counter("lists");
export const wrongLists = new Counter("wrong_lists");
/** Slow readers that were cut, and those that were told another reason. */
export const slowCut = new Counter("slow_cut");
export const wrongSlowCodes = new Counter("wrong_slow_codes");

/** A counter that was never added to is not in the summary. */
export function startCounters(): void {
  for (const counter of [refused, cut, lost, duplicated, wrongLists, wrongSlowCodes])
    counter.add(0);
}
