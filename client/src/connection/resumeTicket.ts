import type { ResumeTicket } from "@darasa/protocol";
import type { Environment } from "./environment.ts";

/** So long before its end a ticket is left alone: it still has to travel. */
const marginMs = 15_000;

/**
 * The newest ticket for the next connection (SPEC T7). It lives in this page's memory only, and is given away
 * once.
 */
export interface ResumeTicketHolder {
  /** The newest takes the place of all before; a server may give none. */
  readonly keep: (resume: ResumeTicket | undefined) => void;
  /**
   * What gives the ticket away, which is forgotten here by that; undefined when there is none, or when it has run
   * out by a clock that nobody sets.
   */
  readonly offer: () => (() => string) | undefined;
  readonly forget: () => void;
}

/** Holds nothing yet. */
export function createResumeTicketHolder({
  steadyMs,
}: Pick<Environment, "steadyMs">): ResumeTicketHolder {
  let held: { readonly ticket: string; readonly untilMs: number } | undefined;
  return {
    keep: (resume) => {
      if (resume === undefined) return;
      const { ticket, expiresInSeconds } = resume;
      held = { ticket, untilMs: steadyMs() + expiresInSeconds * 1_000 - marginMs };
    },
    offer: () => {
      const offered = held;
      if (offered === undefined || steadyMs() >= offered.untilMs) return undefined;
      return () => {
        held = undefined;
        return offered.ticket;
      };
    },
    forget: () => (held = undefined),
  };
}
