import { ticketLifetimeSeconds } from "@darasa/protocol";

/** How much the clocks of the machines of one school may differ, and never more (SPEC T5). */
export const clockToleranceSeconds = 60;

/** A ticket that was issued when this process started is worthless so long afterwards, whatever the clocks say. */
export const ticketAliveMs = (ticketLifetimeSeconds + clockToleranceSeconds) * 1_000;

/** So long a ticket may live on after it was seen: that of a clock which is ahead as far as may be. */
export const ticketMemoryMs = ticketAliveMs + clockToleranceSeconds * 1_000;
