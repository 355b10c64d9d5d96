import type { SchoolTransaction } from "@darasa/database";
import type { RoomId, SchoolRole } from "@darasa/protocol";
import { authorizeInviting } from "../../invitations/authorizeInviting.ts";
import {
  loadKnownAddresses,
  type AddressLookup,
  makeInviteeJudge,
  type Invitee,
  type InviteeOutcome,
} from "../../invitations/invitees.ts";
import { loadRooms } from "../../rooms/store.ts";
import type { UserCaller } from "../../routing/access.ts";
import { makeRosterReader } from "./makeRosterReader.ts";
import type { RosterFileRow } from "./readRosterFile.ts";
import type { RosterResult, RosterRow } from "./roster.ts";

/** A roster as it was handed in. */
export interface Roster {
  readonly csv: string;
  readonly role: SchoolRole;
  readonly roomId?: RoomId | undefined;
}

/** A row with who it is about, or with what is wrong in it. */
export type ReadRow =
  | { readonly shown: RosterRow; readonly invitee: null }
  | { readonly shown: Omit<RosterRow, "outcome" | "error">; readonly invitee: Invitee };

/**
 * Reads all rows; says nothing yet of whether the people are known.
 * @throws DarasaError forbidden, not_found for the role and the room that were asked for
 */
export async function readRoster(
  tx: SchoolTransaction,
  caller: UserCaller,
  { rows, roster }: { readonly rows: readonly RosterFileRow[]; readonly roster: Roster },
): Promise<ReadRow[]> {
  await authorizeInviting(tx, caller, roster);
  const rooms = (await loadRooms(tx, caller)).filter(({ kind }) => kind !== "direct");
  const { role, roomId = null } = roster;
  const read = makeRosterReader({ importer: caller.role, role, roomId, rooms });
  return rows.map((row) => {
    const result = read(row);
    return result.ok
      ? { shown: row, invitee: result.value }
      : { shown: { ...row, outcome: "error", error: result.error }, invitee: null };
  });
}

/** A row with what becomes of it. */
export interface JudgedRow {
  readonly shown: RosterRow;
  /** Null for a row that cannot be used. */
  readonly work: { readonly invitee: Invitee; readonly judged: InviteeOutcome } | null;
}

/** What becomes of these rows as the school is now. */
export async function judgeRoster(
  tx: SchoolTransaction,
  rows: readonly ReadRow[],
  at: AddressLookup,
): Promise<JudgedRow[]> {
  const emails = rows.flatMap(({ invitee }) => invitee?.email ?? []);
  const judge = makeInviteeJudge(await loadKnownAddresses(tx, emails, at));
  return rows.map((row) => {
    if (!row.invitee) return { shown: row.shown, work: null };
    const judged = judge(row.invitee);
    const { outcome } = judged;
    const error = outcome === "error" ? ({ code: judged.error, column: "email" } as const) : null;
    const work = outcome === "error" ? null : { invitee: row.invitee, judged };
    return { shown: { ...row.shown, outcome, error }, work };
  });
}

/** The rows with how many there are of each outcome. */
export function totalRoster(rows: readonly RosterRow[]): RosterResult {
  const totals = { new: 0, exists: 0, invited: 0, error: 0 };
  for (const { outcome } of rows) totals[outcome] += 1;
  return { fault: null, rows: [...rows], totals };
}
