import { sql, type SchoolTransaction } from "@darasa/database";
import type { RoomId } from "@darasa/protocol";
import * as z from "zod";

const messageRowSchema = z.object({
  seq: z.number(),
  messageId: z.string(),
  clientId: z.string(),
  senderId: z.string(),
  senderName: z.string(),
  body: z.string(),
  sentAtMs: z.number(),
  /** True or nothing, as it goes out. */
  erased: z
    .literal(true)
    .nullable()
    .transform((erased) => erased ?? undefined),
});

/** A row of `chat_messages`. */
export type MessageRow = z.infer<typeof messageRowSchema>;

const select = sql.fragment`
  select seq, message_id as "messageId", client_id as "clientId", sender_id as "senderId",
    sender_name as "senderName", body, sent_at as "sentAtMs",
    case when erased_at is not null then true end as erased
  from chat_messages`;

/** A stretch of a room's messages: seq ≥ `fromSeq` and < `toSeq` (null: no end). */
export interface Stretch {
  readonly roomId: RoomId;
  readonly fromSeq: number;
  readonly toSeq: number | null;
  readonly limit: number;
}

/** The first messages of the stretch, ascending. */
export async function loadFirst(
  tx: SchoolTransaction,
  stretch: Stretch,
): Promise<readonly MessageRow[]> {
  return tx.any(sql.type(messageRowSchema)`
    ${select} where room_id = ${stretch.roomId} and seq >= ${stretch.fromSeq}
      and (${stretch.toSeq}::bigint is null or seq < ${stretch.toSeq})
    order by seq limit ${stretch.limit}`);
}

/** The last messages of the stretch, newest first. */
export async function loadLast(
  tx: SchoolTransaction,
  stretch: Stretch,
): Promise<readonly MessageRow[]> {
  return tx.any(sql.type(messageRowSchema)`
    ${select} where room_id = ${stretch.roomId} and seq >= ${stretch.fromSeq}
      and (${stretch.toSeq}::bigint is null or seq < ${stretch.toSeq})
    order by seq desc limit ${stretch.limit}`);
}
