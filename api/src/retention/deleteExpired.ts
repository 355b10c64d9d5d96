import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";

/** What runs out, by the word that logs use for it. */
export const expiring = ["auditEvents", "signIns", "emailLinks", "invitations", "mails"] as const;
export type Expiring = (typeof expiring)[number];

/** Ages at which rows of a kind are removed, epoch ms. */
export interface ExpiryTimes {
  /** What ran out before then is worth nothing to anybody. */
  readonly nowMs: number;
  /** Kept for a while, for admins who look what became of them. */
  readonly decidedBeforeMs: number;
  readonly auditBeforeMs: number;
}

/** Removes at most `size` rows of that kind; gives how many. */
export function deleteExpired(
  tx: SchoolTransaction,
  kind: Expiring,
  { times, size }: { readonly times: ExpiryTimes; readonly size: number },
): Promise<number> {
  const { table, key, isOver } = describe(kind, times);
  const from = sql.identifier([table]);
  const id = sql.identifier([key]);
  return tx.oneFirst(sql.type(z.object({ count: z.number() }))`
    with deleted as (
      delete from ${from} where ${id} in (select ${id} from ${from} where ${isOver} limit ${size})
      returning 1
    )
    select count(*) from deleted`);
}

function describe(kind: Expiring, times: ExpiryTimes) {
  const now = sql.timestamp(new Date(times.nowMs));
  const decided = sql.timestamp(new Date(times.decidedBeforeMs));
  switch (kind) {
    case "auditEvents": {
      const before = sql.timestamp(new Date(times.auditBeforeMs));
      return { table: "audit_events", key: "event_id", isOver: sql.fragment`at < ${before}` };
    }
    case "signIns": {
      const isOver = sql.fragment`expires_at < ${now} or revoked_at < ${decided}`;
      return { table: "sign_ins", key: "sign_in_id", isOver };
    }
    case "emailLinks":
      return { table: "email_links", key: "token_hash", isOver: sql.fragment`expires_at < ${now}` };
    case "invitations": {
      const isOver = sql.fragment`expires_at < ${decided} or revoked_at < ${decided}`;
      return { table: "invitations", key: "invitation_id", isOver };
    }
    case "mails": {
      // Where no mail is set up nothing is ever sent, and what the outbox shows ages all the same.
      const isOver = sql.fragment`coalesce(sent_at, failed_at, created_at) < ${decided}`;
      return { table: "mails", key: "mail_id", isOver };
    }
  }
}
