import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, roomRole, type LiveClassId, type ParticipantRole } from "@darasa/protocol";
import type { Caller, GuestCaller } from "../routing/access.ts";
import { loadLiveClass, type LiveClassRow } from "./store.ts";

/** A live class together with what the caller is in it. */
export interface SeenLiveClass {
  readonly row: LiveClassRow;
  readonly role: ParticipantRole;
}

/** What the caller is in that class, waiting guests included; null when they may not even know of it. */
export function roleInLiveClass(row: LiveClassRow, caller: Caller): ParticipantRole | null {
  if (caller.kind === "guest") return caller.guestOf === row.id ? "guest" : null;
  const { roomKind, memberRole } = row;
  return roomRole({ roomKind, schoolRole: caller.role, memberRole });
}

/**
 * The class for somebody who may know of it: members, and its guests, those included who wait to be let in and may
 * see nothing else of it.
 * @throws DarasaError not_found, removed
 */
export async function findLiveClass(
  tx: SchoolTransaction,
  caller: Caller,
  id: LiveClassId,
): Promise<SeenLiveClass> {
  const row = await loadLiveClass(tx, id, caller.participantId);
  const role = row && roleInLiveClass(row, caller);
  if (!role) throw new DarasaError("not_found");
  if (role === "guest" && row.removed) throw new DarasaError("removed");
  return { row, role };
}

/** The class for somebody who may be in it. @throws DarasaError not_found, removed, waiting, class_ended */
export async function authorizeLiveClass(
  tx: SchoolTransaction,
  caller: Caller,
  id: LiveClassId,
): Promise<SeenLiveClass> {
  const seen = await findLiveClass(tx, caller, id);
  if (seen.role === "guest" && !seen.row.admitted) {
    throw new DarasaError(seen.row.status === "ended" ? "class_ended" : "waiting");
  }
  return seen;
}

/** The class for a teacher of its room. @throws DarasaError not_found, forbidden */
export async function authorizeLiveClassTeacher(
  tx: SchoolTransaction,
  caller: Caller,
  id: LiveClassId,
): Promise<SeenLiveClass> {
  const seen = await authorizeLiveClass(tx, caller, id);
  if (seen.role !== "teacher") throw new DarasaError("forbidden");
  return seen;
}

/**
 * The class that a guest was let into, while it runs: their one way to anything in the school.
 * @throws DarasaError not_found, removed, waiting, class_not_started, class_ended
 */
export async function authorizeGuest(
  tx: SchoolTransaction,
  guest: GuestCaller,
): Promise<LiveClassRow> {
  const { row } = await authorizeLiveClass(tx, guest, guest.guestOf);
  refuseUnlessRunning(row);
  return row;
}

/** @throws DarasaError class_not_started, class_ended */
export function refuseUnlessRunning(row: LiveClassRow): void {
  switch (row.status) {
    case "scheduled":
      throw new DarasaError("class_not_started");
    case "ended":
      throw new DarasaError("class_ended");
    case "live":
  }
}
