import type { ParticipantRole } from "@darasa/protocol";
import type pg from "pg";
import {
  appendChatMessages,
  type ChatOutcome,
  type ChatRow,
  type HeldOutcome,
} from "./appendChatMessages.ts";
import { orBusy, orUnavailable } from "./connectionFailure.ts";
import { createPool } from "./createPool.ts";

/** Whose edits are in an update, and as what they were let draw. */
export interface BoardAuthor {
  readonly participantId: string;
  readonly role: ParticipantRole;
  /** The live class that they were in; null when they were not. */
  readonly liveClassId: string | null;
}

export interface BoardUpdateRow {
  readonly schoolId: string;
  readonly boardId: string;
  readonly body: Uint8Array;
  /** Nobody: what the gateway itself made of what it had. */
  readonly authors: readonly BoardAuthor[];
  /** Yjs clients that came to the board with it for the first time; none when left out. */
  readonly drawers?: readonly BoardDrawer[];
}

/** Whose a Yjs client is: the first who brings one to a board owns it there. */
export interface BoardDrawer {
  readonly clientId: number;
  readonly participantId: string;
}

/** One update for those of a board that were read, without what somebody drew who is being erased. */
export interface BoardReplacement {
  readonly schoolId: string;
  readonly boardId: string;
  readonly participantId: string;
  /** Of that person; not known as theirs any more when it is done. */
  readonly clientIds: readonly number[];
  /** All that `body` is made of. */
  readonly updateIds: readonly number[];
  readonly body: Uint8Array;
}

/**
 * `refused`: an author is nobody in the room any more, or not its teacher; or an earlier update of that board was
 * refused, on which this one may build.
 */
export type BoardUpdateOutcome = "stored" | "not_found" | "refused";

export interface AttendanceRow {
  readonly schoolId: string;
  readonly liveClassId: string;
  readonly participantId: string;
  readonly sessionId: string;
  readonly kind: "joined" | "seen" | "left";
  readonly atMs: number;
  /** Whose beats speak for this session until it has left; left out: nobody's, only its own rows do. */
  readonly holderId?: string | undefined;
}

/** A holder had in this class, at that time, all whose stay it has opened and not closed. */
export interface AttendanceBeat {
  readonly schoolId: string;
  readonly liveClassId: string;
  readonly holderId: string;
  readonly atMs: number;
}

/**
 * The group commits of the gateway, as role darasa_writer. A batch may span schools; each is one
 * transaction, and committed when its promise resolves. All throw DarasaError `unavailable` within 3 s
 * when Postgres cannot be reached; nothing or everything of the batch is stored then, and a resend is safe.
 */
export interface Writer {
  /**
   * One outcome per row, in the order of the rows; a bad row fails no other. As the other two that append, it
   * throws DarasaError `busy`, and nothing is stored, when another transaction holds a row of the batch's for 150 ms.
   */
  appendChatMessages(rows: readonly ChatRow[]): Promise<ChatOutcome[]>;
  /** The same, but waits for nobody: rooms of which another transaction holds something have the outcome `held`. */
  appendFreeChatMessages(rows: readonly ChatRow[]): Promise<(ChatOutcome | HeldOutcome)[]>;
  appendBoardUpdates(rows: readonly BoardUpdateRow[]): Promise<BoardUpdateOutcome[]>;
  /**
   * Updates that were stored since they were read stay beside it. False, and nothing is changed, when one that was
   * read is there no more, or when nobody of that id is being erased.
   */
  replaceBoardUpdates(replacement: BoardReplacement): Promise<boolean>;
  /** Idempotent; rows of people who were never admitted are left out. Resolves as `readTime`. */
  recordAttendance(rows: readonly AttendanceRow[]): Promise<number>;
  /**
   * Idempotent, never backwards. All rows of before must be stored: a beat says that who has not left was there.
   * Resolves as `readTime`.
   */
  recordAttendanceBeats(beats: readonly AttendanceBeat[]): Promise<number>;
  /** What Postgres' clock says at a moment between the call and its answer: epoch ms. */
  readTime(): Promise<number>;
  close(): Promise<void>;
}

const statementTimeoutMs = 2_900;

/** A writer on its own small pool; connects at the first batch. */
export function createWriter(
  url: string,
  { maxConnections = 4 }: { readonly maxConnections?: number } = {},
): Writer {
  const pool = createPool({
    url,
    name: "darasa writer",
    maxConnections,
    statementTimeoutMs,
    deadlineMs: statementTimeoutMs,
  });
  return {
    appendChatMessages: (rows) => orUnavailable(() => orBusy(() => appendWaiting(pool, rows))),
    appendFreeChatMessages: (rows) =>
      orUnavailable(() =>
        orBusy(() => appendChatMessages(pool, rows, "append_free_chat_messages")),
      ),
    appendBoardUpdates: (rows) => orUnavailable(() => orBusy(() => appendBoardUpdates(pool, rows))),
    replaceBoardUpdates: (board) => orUnavailable(() => replaceBoardUpdates(pool, board)),
    recordAttendance: (rows) => orUnavailable(() => recordAttendance(pool, rows)),
    recordAttendanceBeats: (beats) => orUnavailable(() => recordAttendanceBeats(pool, beats)),
    readTime: () => orUnavailable(() => readTime(pool)),
    close: () => pool.end(),
  };
}

async function appendWaiting(pool: pg.Pool, rows: readonly ChatRow[]): Promise<ChatOutcome[]> {
  const outcomes = await appendChatMessages(pool, rows, "append_chat_messages");
  return outcomes.filter((each) => each.outcome !== "held");
}

async function appendBoardUpdates(
  pool: pg.Pool,
  rows: readonly BoardUpdateRow[],
): Promise<BoardUpdateOutcome[]> {
  if (rows.length === 0) return [];
  const authors = rows.flatMap((row, index) =>
    row.authors.map((author) => ({ ...author, item: index + 1 })),
  );
  const drawers = rows.flatMap((row, index) =>
    (row.drawers ?? []).map((drawer) => ({ ...drawer, item: index + 1 })),
  );
  const result = await pool.query<{ outcome: BoardUpdateOutcome }>({
    name: "append_board_updates",
    text: "select outcome from append_board_updates($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by item",
    values: [
      rows.map((row) => row.schoolId),
      rows.map((row) => row.boardId),
      rows.map((row) => toBuffer(row.body)),
      authors.map((author) => author.item),
      authors.map((author) => author.participantId),
      authors.map((author) => author.role),
      authors.map((author) => author.liveClassId),
      drawers.map((drawer) => drawer.item),
      drawers.map((drawer) => drawer.clientId),
      drawers.map((drawer) => drawer.participantId),
    ],
  });
  return result.rows.map((row) => row.outcome);
}

async function replaceBoardUpdates(pool: pg.Pool, board: BoardReplacement): Promise<boolean> {
  const result = await pool.query<{ done: boolean }>({
    name: "replace_board_updates",
    text: "select replace_board_updates($1, $2, $3, $4, $5, $6) as done",
    values: [
      board.schoolId,
      board.boardId,
      board.participantId,
      board.clientIds,
      board.updateIds,
      toBuffer(board.body),
    ],
  });
  return result.rows[0]?.done === true;
}

function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** With what a statement answers as `now`. */
async function readTime(pool: pg.Pool, query: pg.QueryConfig = timeQuery): Promise<number> {
  const { rows } = await pool.query<{ now: Date }>(query);
  const [row] = rows;
  if (!row) throw new Error("Postgres did not say what time it is.");
  return row.now.getTime();
}

const timeQuery = { name: "read_time", text: "select clock_timestamp() as now" };

function recordAttendance(pool: pg.Pool, rows: readonly AttendanceRow[]): Promise<number> {
  if (rows.length === 0) return readTime(pool);
  return readTime(pool, {
    name: "record_attendance",
    text: "select record_attendance($1, $2, $3, $4, $5, $6, $7), clock_timestamp() as now",
    values: [
      rows.map((row) => row.schoolId),
      rows.map((row) => row.liveClassId),
      rows.map((row) => row.participantId),
      rows.map((row) => row.sessionId),
      rows.map((row) => row.kind),
      rows.map((row) => new Date(row.atMs)),
      rows.map((row) => row.holderId ?? null),
    ],
  });
}

function recordAttendanceBeats(pool: pg.Pool, beats: readonly AttendanceBeat[]): Promise<number> {
  if (beats.length === 0) return readTime(pool);
  return readTime(pool, {
    name: "record_attendance_beats",
    text: "select record_attendance_beats($1, $2, $3, $4), clock_timestamp() as now",
    values: [
      beats.map((beat) => beat.schoolId),
      beats.map((beat) => beat.liveClassId),
      beats.map((beat) => beat.holderId),
      beats.map((beat) => new Date(beat.atMs)),
    ],
  });
}
