import { z } from "@hono/zod-openapi";
import { roomIdSchema } from "../../schema/ids.ts";
import { schoolRoleSchema } from "../person.ts";

/** Characters of a roster, and with that at most as many bytes as its route takes. */
export const maxRosterLength = 512 * 1024;
export const maxRosterRows = 2_000;

export const rosterColumns = ["name", "email", "role", "room"] as const;

/** A column that a roster can have. */
export type RosterColumn = (typeof rosterColumns)[number];

/** Why nothing of the file can be used. */
export const rosterFaultSchema = z
  .enum(["unreadable", "empty", "missing_columns", "too_many_rows"])
  .openapi("RosterFault");

/** Why one row cannot be used. */
export const rosterErrorCodeSchema = z.enum([
  "missing",
  "invalid",
  "repeated",
  "unknown",
  "ambiguous",
  "forbidden",
  "deactivated",
  "limit_reached",
]);

/**
 * What becomes of a row: `new` is invited by mail, `exists` has an account and only comes into the room,
 * `invited` waits in an invitation that was sent already.
 */
export const rosterOutcomeSchema = z.enum(["new", "exists", "invited", "error"]);

/** One row of a roster, and what becomes of it. */
export const rosterRowSchema = z
  .object({
    line: z.int().openapi({ description: "The line of the file where the row begins, from 1." }),
    name: z.string().openapi({ description: "As it stands in the file, like all texts here." }),
    email: z.string(),
    role: z.string().openapi({ description: "Empty: the role that was asked for." }),
    room: z.string().openapi({ description: "Empty: the room that was asked for, if any." }),
    outcome: rosterOutcomeSchema,
    error: z.object({ code: rosterErrorCodeSchema, column: z.enum(rosterColumns) }).nullable(),
  })
  .openapi("RosterRow");

export type RosterRow = z.infer<typeof rosterRowSchema>;

/** A whole roster: what would become of it, or what became of it. */
export const rosterResultSchema = z
  .object({
    fault: z.union([rosterFaultSchema, z.null()]),
    rows: z.array(rosterRowSchema),
    totals: z.object({ new: z.int(), exists: z.int(), invited: z.int(), error: z.int() }),
  })
  .openapi("RosterResult");

export type RosterResult = z.infer<typeof rosterResultSchema>;

/** A roster as it is handed in: the file, and what holds for rows that do not say. */
export const rosterSchema = z
  .object({
    csv: z.string().max(maxRosterLength),
    role: schoolRoleSchema,
    roomId: roomIdSchema.optional(),
  })
  .openapi("Roster");
