import type { AttendanceRow, BoardUpdateRow } from "@darasa/database";
import { participantRoles } from "@darasa/protocol";
import * as z from "zod";

const attendanceLine = z.strictObject({
  kind: z.literal("attendance"),
  row: z.strictObject({
    schoolId: z.uuid(),
    liveClassId: z.uuid(),
    participantId: z.uuid(),
    sessionId: z.uuid(),
    kind: z.enum(["joined", "seen", "left"]),
    atMs: z.number().min(0).max(8.64e15),
    holderId: z.uuid().optional(),
  }),
});

const boardUpdateLine = z.strictObject({
  kind: z.literal("boardUpdate"),
  row: z.strictObject({
    schoolId: z.uuid(),
    boardId: z.uuid(),
    body: z.base64().transform((text): Uint8Array => new Uint8Array(Buffer.from(text, "base64"))),
    authors: z.array(
      z.strictObject({
        participantId: z.uuid(),
        role: z.enum(participantRoles),
        liveClassId: z.uuid().nullable(),
      }),
    ),
    drawers: z.array(z.strictObject({ clientId: z.int().min(0), participantId: z.uuid() })),
  }),
});

const spillLine = z.discriminatedUnion("kind", [attendanceLine, boardUpdateLine]);

/** One row that could not be stored. */
export type SpillLine =
  | { readonly kind: "attendance"; readonly row: AttendanceRow }
  | { readonly kind: "boardUpdate"; readonly row: BoardUpdateRow };

/** One line of JSON, without its end. */
export function encodeSpillLine(line: SpillLine): string {
  if (line.kind === "attendance") return JSON.stringify(line);
  const { body, drawers = [], ...rest } = line.row;
  const row = { ...rest, body: Buffer.from(body).toString("base64"), drawers };
  return JSON.stringify({ kind: line.kind, row });
}

/** The row of a line; null when it is none. */
export function decodeSpillLine(text: string): SpillLine | null {
  try {
    return spillLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
