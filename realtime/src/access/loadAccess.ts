import {
  sql,
  type AccessAsked,
  type AccessRow,
  type Reader,
  type SchoolTransaction,
} from "@darasa/database";
import {
  schoolRoles,
  trackKinds,
  type ClassRecording,
  type LiveClassId,
  type ParticipantId,
  type Result,
  type RoomId,
  type SchoolId,
  videoProviders,
} from "@darasa/protocol";
import * as z from "zod";
import { inGroups } from "./inGroups.ts";
import { judgeAccess, type Access, type AccessFacts } from "./judgeAccess.ts";

/** Who wants to enter which room, and as part of which live class, if any. */
export interface AccessQuestion {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
  readonly signInId: string;
  /** The one live class of a guest; null for accounts. */
  readonly guestOf: LiveClassId | null;
  readonly roomId: RoomId;
  readonly liveClassId: LiveClassId | null;
}

/** What somebody is and may read in a room. @throws DarasaError unavailable */
export type LoadAccess = (question: AccessQuestion) => Promise<Result<Access>>;

/**
 * Reads it in a transaction of their school, for all at once who ask at the same moment; or says `unauthenticated` when
 * their sign-in does not hold any more, `forbidden` for two students who may not talk, `not_found`, `class_not_started`,
 * `class_ended`, `removed`. Members of the room may enter it, and its live class once the API has let them in; a
 * school's admins act as teachers, but not where two people talk; guests exist in their live class only.
 */
export function createLoadAccess(reader: Pick<Reader, "readAccess">): LoadAccess {
  const ask = inGroups<AccessAsked, AccessRow | null>((schoolId, asked) =>
    reader.readAccess(schoolId, asked),
  );
  return async (question) => {
    const { guestOf, liveClassId, schoolId } = question;
    if (guestOf !== null && guestOf !== liveClassId) return { ok: false, error: "not_found" };
    return judgeRow(await ask(schoolId, question), question);
  };
}

/** The same within a transaction of that school: for what must not be done by who has lost their right to it. */
export async function loadAccessIn(
  tx: SchoolTransaction,
  question: AccessQuestion,
): Promise<Result<Access>> {
  const { schoolId, participantId, signInId, roomId, liveClassId } = question;
  const row = await tx.maybeOne(sql.type(rowSchema)`
    select * from read_access(${schoolId}, array[${participantId}::uuid], array[${signInId}::uuid],
      array[${roomId}::uuid], array[${liveClassId}::uuid])`);
  return judgeRow(row, question);
}

function judgeRow(row: AccessRow | null, question: AccessQuestion): Result<Access> {
  return row === null ? { ok: false, error: "not_found" } : judgeAccess(toFacts(row, question));
}

const sources = z.array(z.enum(trackKinds));

const rowSchema = z.object({
  room_kind: z.enum(["class", "group", "direct"]),
  head_seq: z.number(),
  sign_in_ends_in_ms: z.number().nullable(),
  may_not_talk: z.boolean(),
  user_name: z.string().nullable(),
  user_role: z.enum(schoolRoles).nullable(),
  member_role: z.enum(["teacher", "student"]).nullable(),
  named_status: z.enum(["scheduled", "live", "ended"]).nullable(),
  admitted_name: z.string().nullable(),
  admitted_role: z.enum(["teacher", "student", "guest"]).nullable(),
  draw_allowed: z.boolean().nullable(),
  is_removed: z.boolean(),
  running_id: z.string().nullable(),
  drawing: z.enum(["teachers", "everyone"]).nullable(),
  chat_locked: z.boolean().nullable(),
  video: z.enum(videoProviders).nullable(),
  sources: sources.nullable(),
  presenter: z.string().nullable(),
  spotlight: z.string().nullable(),
  own_sources: sources.nullable(),
  recording: z.enum(["on", "paused"]).nullable(),
  recording_since_ms: z.number().nullable(),
  first_seq: z.number().nullable(),
});

function toFacts(row: AccessRow, question: AccessQuestion): AccessFacts {
  return {
    isGuest: question.guestOf !== null,
    roomKind: row.room_kind,
    headSeq: row.head_seq,
    signInEndsInMs: row.sign_in_ends_in_ms,
    mayNotTalk: row.may_not_talk,
    user:
      row.user_name === null || row.user_role === null
        ? null
        : { name: row.user_name, role: row.user_role },
    memberRole: row.member_role,
    named: question.liveClassId === null ? "none" : (row.named_status ?? "missing"),
    admission:
      row.admitted_name === null || row.admitted_role === null
        ? null
        : {
            name: row.admitted_name,
            role: row.admitted_role,
            drawAllowed: row.draw_allowed ?? false,
            sources: row.own_sources,
            isRemoved: row.is_removed,
          },
    running: toRunning(row),
  };
}

function toRecording({
  recording: state,
  recording_since_ms: sinceMs,
}: AccessRow): ClassRecording | null {
  return state === null || sinceMs === null ? null : { state, sinceMs };
}

function toRunning(row: AccessRow): AccessFacts["running"] {
  if (row.running_id === null) return null;
  return {
    liveClassId: row.running_id as LiveClassId,
    permissions: { drawing: row.drawing ?? "teachers", chatLocked: row.chat_locked ?? false },
    stage: {
      video: row.video ?? "none",
      presenter: row.presenter as ParticipantId | null,
      spotlight: row.spotlight as ParticipantId | null,
      sources: row.sources ?? [],
      recording: toRecording(row),
    },
    firstSeq: row.first_seq ?? 1,
  };
}
