import {
  DarasaError,
  type ParticipantRole,
  type SchoolRole,
  type TrackKind,
  type VideoProvider,
} from "@darasa/protocol";
import type pg from "pg";
import { orUnavailable, withinDeadline } from "./connectionFailure.ts";
import { createPool } from "./createPool.ts";

/** Who wants to enter which room, and as part of which of its live classes. */
export interface AccessAsked {
  readonly participantId: string;
  readonly signInId: string;
  readonly roomId: string;
  readonly liveClassId: string | null;
}

/** What the database says about one of them, as it stands there. */
export interface AccessRow {
  readonly room_kind: "class" | "group" | "direct";
  readonly head_seq: number;
  /** Null when the sign-in does not hold. */
  readonly sign_in_ends_in_ms: number | null;
  readonly may_not_talk: boolean;
  readonly user_name: string | null;
  readonly user_role: SchoolRole | null;
  readonly member_role: "teacher" | "student" | null;
  /** Null when no class was named, or none of that room. */
  readonly named_status: "scheduled" | "live" | "ended" | null;
  readonly admitted_name: string | null;
  readonly admitted_role: ParticipantRole | null;
  readonly draw_allowed: boolean | null;
  readonly is_removed: boolean;
  readonly running_id: string | null;
  readonly drawing: "teachers" | "everyone" | null;
  readonly chat_locked: boolean | null;
  readonly video: VideoProvider | null;
  readonly sources: TrackKind[] | null;
  readonly presenter: string | null;
  readonly spotlight: string | null;
  readonly own_sources: TrackKind[] | null;
  readonly recording: "on" | "paused" | null;
  readonly recording_since_ms: number | null;
  readonly first_seq: number | null;
}

/** A sign-in, and a room of its person or none. */
export interface SignInAsked {
  readonly participantId: string;
  readonly signInId: string;
  readonly roomId: string | null;
}

/** A sign-in that holds. */
export interface SignInRow {
  /** Null: the account was closed, or the guest removed. */
  readonly name: string | null;
  readonly is_account: boolean;
  readonly ends_in_ms: number;
  readonly school_role: SchoolRole | null;
  readonly room_kind: "class" | "group" | "direct" | null;
  readonly member_role: "teacher" | "student" | null;
}

/**
 * What the gateway asks about many at once, as role darasa_app: one round trip each, in a transaction of the school.
 * Answers stand in the order of what was asked, null where there is nothing. All throw DarasaError `unavailable`
 * within 3 s when Postgres cannot be reached.
 */
export interface Reader {
  /** Null: no such room. */
  readAccess(schoolId: string, asked: readonly AccessAsked[]): Promise<(AccessRow | null)[]>;
  /** Null: it does not hold. */
  readSignIns(schoolId: string, asked: readonly SignInAsked[]): Promise<(SignInRow | null)[]>;
  close(): Promise<void>;
}

const statementTimeoutMs = 2_500;
const deadlineMs = 2_900;

/** A reader on its own small pool; connects when it is first asked. */
export function createReader(
  url: string,
  { maxConnections = 3 }: { readonly maxConnections?: number } = {},
): Reader {
  const name = "darasa reader";
  const pool = createPool({ url, name, maxConnections, statementTimeoutMs, deadlineMs });

  async function read<Row>(name: string, call: string, values: unknown[]): Promise<(Row & Item)[]> {
    const { rows } = await orUnavailable(() =>
      withinDeadline(
        pool.query<Row & Item & pg.QueryResultRow>({ name, text: `select * from ${call}`, values }),
        deadlineMs,
      ),
    );
    return rows;
  }

  return {
    async readAccess(schoolId, asked) {
      const rows = await read<AccessRow>("read_access", "read_access($1, $2, $3, $4, $5)", [
        schoolId,
        asked.map((one) => one.participantId),
        asked.map((one) => one.signInId),
        asked.map((one) => one.roomId),
        asked.map((one) => one.liveClassId),
      ]);
      return inOrder(rows, asked.length);
    },
    async readSignIns(schoolId, asked) {
      const rows = await read<SignInRow>("read_sign_ins", "read_sign_ins($1, $2, $3, $4)", [
        schoolId,
        asked.map((one) => one.participantId),
        asked.map((one) => one.signInId),
        asked.map((one) => one.roomId),
      ]);
      return inOrder(rows, asked.length);
    },
    close: () => pool.end(),
  };
}

interface Item {
  /** Counts from 1. */
  readonly item: number;
}

function inOrder<Row extends Item>(rows: readonly Row[], count: number): (Row | null)[] {
  const answers = new Array<Row | null>(count).fill(null);
  for (const row of rows) {
    // Two rows of one question would let the later one decide.
    if (answers[row.item - 1] !== null) throw new DarasaError("internal");
    answers[row.item - 1] = row;
  }
  return answers;
}
