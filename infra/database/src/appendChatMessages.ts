import { isUuid, type ParticipantRole } from "@darasa/protocol";
import pg from "pg";

/** A message to be stored. */
export interface ChatRow {
  readonly schoolId: string;
  readonly roomId: string;
  /** The live class that the sender is in; its locks hold for them. Null for a room without one. */
  readonly liveClassId: string | null;
  readonly senderId: string;
  readonly senderName: string;
  /** As the gateway believes; the database goes by what it knows itself. */
  readonly senderRole: ParticipantRole;
  readonly clientId: string;
  readonly body: string;
}

/** `invalid`: the text cannot be stored (U+0000, or beyond the limits), or an id is not one. */
export type ChatRefusal =
  "not_found" | "forbidden" | "chat_locked" | "class_ended" | "removed" | "invalid";

/** What became of a message. */
export type ChatOutcome =
  | {
      readonly outcome: "stored";
      readonly seq: number;
      readonly messageId: string;
      readonly sentAtMs: number;
    }
  | { readonly outcome: ChatRefusal };

/** Another transaction holds what this message needs: it is not stored, and goes before all that follow it in its room. */
export interface HeldOutcome {
  readonly outcome: "held";
}

/** `append_free_chat_messages` waits for nobody, and knows the outcome `held`. */
export type AppendFunction = "append_chat_messages" | "append_free_chat_messages";

/** The columns of an answer as text: each is read here, and only when it is needed. */
type Answer = [
  item: string,
  outcome: (ChatOutcome | HeldOutcome)["outcome"],
  seq: string | null,
  messageId: string | null,
  sentAt: string | null,
];

const asText = { getTypeParser: () => (text: string) => text };

/**
 * One outcome per row, in the order of the rows; a bad row fails no other. All is written and read by hand, since
 * pg's own way costs a gateway several times as much for each message.
 */
export async function appendChatMessages(
  pool: pg.Pool,
  rows: readonly ChatRow[],
  through: AppendFunction,
): Promise<(ChatOutcome | HeldOutcome)[]> {
  const outcomes = rows.map((): ChatOutcome | HeldOutcome => ({ outcome: "invalid" }));
  const places = rows.flatMap((row, index) => (isStorable(row) ? index : []));
  if (places.length === 0) return outcomes;
  const sent = places.length === rows.length ? rows : rows.filter((_, at) => places.includes(at));
  const result = await pool.query<Answer>({
    name: through,
    text: `select item, outcome, seq, message_id, sent_at from ${through}($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: encodeColumns(sent),
    rowMode: "array",
    types: asText,
  });
  const readTime = createTimeReader();
  for (const answer of result.rows) {
    const place = places[Number(answer[0]) - 1];
    if (place !== undefined) outcomes[place] = toOutcome(answer, readTime);
  }
  return outcomes;
}

/** What Postgres would refuse as a whole batch, refused here as a row. */
function isStorable(row: ChatRow): boolean {
  const { schoolId, roomId, senderId, liveClassId } = row;
  if (!isUuid(schoolId) || !isUuid(roomId) || !isUuid(senderId)) return false;
  if (liveClassId !== null && !isUuid(liveClassId)) return false;
  return [row.senderName, row.clientId, row.body].every((text) => !text.includes("\0"));
}

/** Array literals, in the order of the function's parameters. */
function encodeColumns(rows: readonly ChatRow[]): string[] {
  const column = (pick: (row: ChatRow) => string): string => `{${rows.map(pick).join(",")}}`;
  return [
    column((row) => row.schoolId),
    column((row) => row.roomId),
    column((row) => row.liveClassId ?? "NULL"),
    column((row) => row.senderId),
    column((row) => quote(row.senderName)),
    column((row) => row.senderRole),
    column((row) => quote(row.clientId)),
    column((row) => quote(row.body)),
  ];
}

/** Text as an element of an array literal. */
function quote(text: string): string {
  const isPlain = !text.includes('"') && !text.includes("\\");
  return `"${isPlain ? text : text.replace(/["\\]/g, "\\$&")}"`;
}

function toOutcome(answer: Answer, readTime: (text: string) => number): ChatOutcome | HeldOutcome {
  const [, outcome, seq, messageId, sentAt] = answer;
  if (outcome !== "stored") return { outcome };
  if (seq === null || messageId === null || sentAt === null) {
    throw new Error("append_chat_messages called a message stored and did not say where.");
  }
  return { outcome, seq: Number(seq), messageId, sentAtMs: readTime(sentAt) };
}

const parseTime = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

/** Reads times as epoch ms: nearly all of a batch are the same. */
function createTimeReader(): (text: string) => number {
  let last = "";
  let lastMs = NaN;
  return (text) => {
    if (text !== last) {
      last = text;
      lastMs = parseTime(text).getTime();
    }
    return lastMs;
  };
}
