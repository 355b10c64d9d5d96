import { canAssignRole, limits, type RoomId, type SchoolRole } from "@darasa/protocol";
import type { z } from "@hono/zod-openapi";
import { emailSchema } from "../../accounts/credentials.ts";
import type { Invitee } from "../../invitations/invitees.ts";
import { displayTextSchema } from "../../schema/displayText.ts";
import type { RosterFileRow } from "./readRosterFile.ts";
import type { RosterColumn, rosterErrorCodeSchema } from "./roster.ts";
import { fold, roleOf } from "./rosterWords.ts";

/** Why a row cannot be used, and which of its cells says so. */
export interface RosterError {
  readonly code: z.infer<typeof rosterErrorCodeSchema>;
  readonly column: RosterColumn;
}

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: RosterError };

/** What the rows of one roster are read against. */
export interface RosterFrame {
  /** Whoever imports. */
  readonly importer: SchoolRole;
  /** For rows that say none. */
  readonly role: SchoolRole;
  /** For rows that say none; null for none at all. */
  readonly roomId: RoomId | null;
  /** The school's classes and groups. */
  readonly rooms: readonly { readonly id: RoomId; readonly name: string }[];
}

const nameSchema = displayTextSchema(limits.maxNameLength);

/** Reads rows one after the other: an address counts once, in the first good row that has it. */
export function makeRosterReader(frame: RosterFrame): (row: RosterFileRow) => Read<Invitee> {
  const seen = new Set<string>();
  return (row) => {
    const name = readName(row.name);
    if (!name.ok) return name;
    const email = readEmail(row.email);
    if (!email.ok) return email;
    const role = readRole(frame, row.role);
    if (!role.ok) return role;
    const roomId = readRoom(frame, row.room);
    if (!roomId.ok) return roomId;
    if (seen.has(email.value)) return fault("repeated", "email");
    seen.add(email.value);
    return good({
      name: name.value,
      email: email.value,
      role: role.value,
      roomId: roomId.value,
    });
  };
}

function readName(cell: string): Read<string> {
  if (cell === "") return fault("missing", "name");
  const name = nameSchema.safeParse(cell);
  return name.success ? good(name.data) : fault("invalid", "name");
}

function readEmail(cell: string): Read<string> {
  if (cell === "") return fault("missing", "email");
  const email = emailSchema.safeParse(cell);
  return email.success ? good(email.data) : fault("invalid", "email");
}

function readRole(frame: RosterFrame, cell: string): Read<SchoolRole> {
  const role = cell === "" ? frame.role : roleOf(cell);
  if (role === null) return fault("unknown", "role");
  return canAssignRole(frame.importer, role) ? good(role) : fault("forbidden", "role");
}

function readRoom(frame: RosterFrame, cell: string): Read<RoomId | null> {
  if (cell === "") return good(frame.roomId);
  const [room, another] = frame.rooms.filter(({ name }) => fold(name) === fold(cell));
  if (!room) return fault("unknown", "room");
  return another ? fault("ambiguous", "room") : good(room.id);
}

function good<Value>(value: Value): Read<Value> {
  return { ok: true, value };
}

function fault(code: RosterError["code"], column: RosterColumn): Read<never> {
  return { ok: false, error: { code, column } };
}
