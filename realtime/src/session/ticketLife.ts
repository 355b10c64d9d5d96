import {
  resumeLifetimeSeconds,
  ticketLifetimeSeconds,
  type TicketAudience,
} from "@darasa/protocol";

/** How much the clocks of the machines of one school may differ, and never more (SPEC T5). */
export const clockToleranceSeconds = 60;

/** How long a ticket is worth something, by the clock of who issued it. */
export const lifetimeSecondsOf: Readonly<Record<TicketAudience, number>> = {
  gateway: ticketLifetimeSeconds,
  board: ticketLifetimeSeconds,
  resume: resumeLifetimeSeconds,
};

/** A ticket that was issued when this process started is worthless so long afterwards, whatever the clocks say. */
export const ticketAliveMs = (ticketLifetimeSeconds + clockToleranceSeconds) * 1_000;

/** So long a ticket may live on after it was seen: that of a clock which is ahead as far as may be. */
export function ticketMemoryMs(audience: TicketAudience): number {
  return (lifetimeSecondsOf[audience] + 2 * clockToleranceSeconds) * 1_000;
}

/** So long any ticket at all may live on. */
export const longestTicketMemoryMs = ticketMemoryMs("resume");
