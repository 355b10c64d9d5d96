import {
  closeReasons,
  DarasaError,
  type BoardTicketClaims,
  type ParticipantId,
} from "@darasa/protocol";
import type { Log } from "../log.ts";
import {
  admitToBoard,
  redeemBoardTicket,
  type Admission,
  type AdmissionDeps,
  type Verdict,
} from "./admitToBoard.ts";
import type { OpenBoard, OpenBoards } from "./openBoards.ts";

export interface ArrivalParts extends AdmissionDeps {
  readonly boards: OpenBoards;
  /** They stopped a worker more than once. */
  readonly isBanned: (participantId: ParticipantId) => boolean;
  readonly log: Log;
}

/** What may happen to somebody while they arrive; set by others. */
export interface ArrivalWatch {
  isGone: boolean;
  /** Something changed in some room: what was read of them may be old. */
  isOutdated: boolean;
}

/** Somebody who is let in, at a board that is loaded; they use it until it is released. */
export interface Arrival {
  readonly admission: Admission;
  readonly board: OpenBoard;
}

/** Brings the holder of a ticket to their board, or says how to close; null when they left meanwhile. */
export async function arriveAtBoard(
  request: { readonly document: string; readonly ticket: string },
  watch: ArrivalWatch,
  parts: ArrivalParts,
): Promise<Verdict<Arrival> | null> {
  try {
    const ticket = await redeemBoardTicket(request, parts);
    if (!ticket.ok) return ticket;
    if (parts.isBanned(ticket.value.sub)) return { ok: false, close: closeReasons.bad_frame };
    return await enter(ticket.value, watch, parts);
  } catch (error) {
    const isAway = error instanceof DarasaError && error.code === "unavailable";
    if (!isAway) parts.log("error", "a board could not be opened", { error });
    return { ok: false, close: isAway ? closeReasons.unavailable : closeReasons.internal };
  }
}

/** Reads what they may do until nothing has changed meanwhile: nobody slips in beside a removal. */
async function enter(
  claims: BoardTicketClaims,
  watch: ArrivalWatch,
  parts: ArrivalParts,
): Promise<Verdict<Arrival> | null> {
  while (!watch.isGone) {
    watch.isOutdated = false;
    if (parts.isRevoked(claims)) return { ok: false, close: closeReasons.unauthenticated };
    const verdict = await admitToBoard(claims, parts);
    if (!verdict.ok) return verdict;
    const board = await parts.boards.acquire(verdict.value.place);
    if (isCurrent(watch)) return { ok: true, value: { admission: verdict.value, board } };
    parts.boards.release(board);
  }
  return null;
}

function isCurrent({ isGone, isOutdated }: ArrivalWatch): boolean {
  return !isGone && !isOutdated;
}
