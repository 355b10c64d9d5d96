import type { ParticipantId, SchoolId } from "@darasa/protocol";
import type { AccessChange } from "../access/accessChange.ts";
import { longestTicketMemoryMs } from "./ticketLife.ts";

/** What of a ticket decides whether a change of access has made it worthless. */
export interface DatedTicket {
  readonly school: SchoolId;
  readonly sub: ParticipantId;
  readonly signIn: string;
  readonly issuedAtMs: number;
}

/** The changes of access that tickets may still be older than (SPEC T6). */
export interface Revocations {
  add(change: AccessChange): void;
  /** Whether the ticket was issued before the access of its person, or of its sign-in, changed. */
  readonly isRevoked: (ticket: DatedTicket) => boolean;
  /** How many are remembered. */
  readonly size: number;
}

interface Revocation {
  readonly atMs: number;
  readonly untilUptimeMs: number;
}

/** Remembers each for as long as an older ticket can be alive, by a clock that nobody sets. */
export function createRevocations(uptimeMs: () => number): Revocations {
  const byKey = new Map<string, Revocation>();

  function forgetOld(): void {
    // All are remembered equally long, so that the oldest entry is the first to end.
    for (const [key, { untilUptimeMs }] of byKey) {
      if (untilUptimeMs > uptimeMs()) return;
      byKey.delete(key);
    }
  }

  function remember(key: string, atMs: number): void {
    const latestMs = Math.max(atMs, byKey.get(key)?.atMs ?? -Infinity);
    byKey.delete(key);
    byKey.set(key, { atMs: latestMs, untilUptimeMs: uptimeMs() + longestTicketMemoryMs });
  }

  return {
    add({ schoolId, participantId, signInIds, atMs }) {
      forgetOld();
      for (const id of signInIds ?? [participantId]) remember(`${schoolId}:${id}`, atMs);
    },
    isRevoked({ school, sub, signIn, issuedAtMs }) {
      if (byKey.size === 0) return false;
      return [sub, signIn].some((id) => {
        const found = byKey.get(`${school}:${id}`);
        return found !== undefined && issuedAtMs <= found.atMs;
      });
    },
    get size() {
      return byKey.size;
    },
  };
}
