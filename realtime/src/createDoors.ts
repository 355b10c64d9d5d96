import type { Reader } from "@darasa/database";
import type { Metrics } from "./metrics.ts";
import type { NodeBus } from "./nodes/nodeBus.ts";
import { createReadTicket } from "./session/readTicket.ts";
import { createRedeemTicket, type RedeemTicket } from "./session/redeemTicket.ts";
import {
  createResumeRenewal,
  createSignResumeTicket,
  createStillHolds,
  type ResumeRenewal,
  type SignResumeTicket,
} from "./session/resumeTicket.ts";
import { createRevocations, type Revocations } from "./session/revocations.ts";
import { createSignBoardTicket, type SignBoardTicket } from "./session/signBoardTicket.ts";
import { createSpentTickets } from "./session/spentTickets.ts";
import { makeTicketKey } from "./session/ticketKey.ts";
import type { Timings } from "./timings.ts";

interface DoorParts {
  readonly ticketKey: Uint8Array<ArrayBuffer>;
  readonly reader: Reader;
  readonly bus: Pick<NodeBus, "claim">;
  readonly metrics: Pick<Metrics, "countTickets">;
  readonly now: () => number;
  readonly uptimeMs: () => number;
  readonly newId: () => string;
  readonly timings: Timings;
}

/** What lets people in, and what hands out the keys. */
export interface Doors {
  readonly revocations: Revocations;
  readonly redeemTicket: RedeemTicket;
  readonly signBoardTicket: SignBoardTicket;
  readonly signResumeTicket: SignResumeTicket;
  readonly renewal: ResumeRenewal;
}

/** Wires all that has to do with tickets. */
export function createDoors(parts: DoorParts): Doors {
  const { reader, bus, metrics, now, uptimeMs, newId, timings } = parts;
  const key = makeTicketKey(parts.ticketKey);
  const revocations = createRevocations(uptimeMs);
  const redeemTicket = createRedeemTicket({
    read: createReadTicket(key, now),
    spent: createSpentTickets(uptimeMs, (key, forMs) => bus.claim(key, forMs)),
    stillHolds: createStillHolds(reader),
    uptimeMs,
    startedAtMs: now(),
    isRevoked: revocations.isRevoked,
  });
  const signResumeTicket = createSignResumeTicket({ key, now, newId });
  return {
    revocations,
    redeemTicket: metrics.countTickets(redeemTicket),
    signBoardTicket: createSignBoardTicket({ key, now, newId }),
    signResumeTicket,
    renewal: createResumeRenewal({
      sign: signResumeTicket,
      uptimeMs,
      renewAfterMs: timings.resumeRenewMs,
    }),
  };
}
