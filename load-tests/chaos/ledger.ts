import pg from "pg";
import type { LoadRoom } from "../school/fillSchool.ts";
import type { SeenMessage } from "./roomTail.ts";
import type { StubbornClient } from "./stubbornClient.ts";

/** One room of the ledger: all but the first three columns must be 0. */
export interface LedgerRow {
  readonly room: string;
  readonly sent: number;
  readonly acked: number;
  /** Acked, and not in the database. */
  readonly lost: number;
  /** In the database more than once. */
  readonly duplicated: number;
  /** Acked with another seq than the one that it has. */
  readonly misnumbered: number;
  /** Numbers between 1 and the last that no message has. */
  readonly holes: number;
  /** Messages that were stored, and were not sent by anybody. */
  readonly invented: number;
  /** Clients to whom something came twice, out of order or not at all while they were connected or after they came back. */
  readonly wronglyTold: number;
  /** Messages in which what a fresh client reads differs from the database. */
  readonly wronglyRead: number;
}

/** What the columns mean that must be 0. */
export const ledgerFaults = [
  "lost",
  "duplicated",
  "misnumbered",
  "holes",
  "invented",
  "wronglyTold",
  "wronglyRead",
] as const satisfies readonly (keyof LedgerRow)[];

/** Compares what clients were told with what is there; `readAnew` reads a room as somebody who was never there. */
export async function balanceLedger(
  superuserUrl: string,
  rooms: readonly LoadRoom[],
  parts: {
    readonly clients: readonly StubbornClient[];
    readonly readAnew: (room: LoadRoom) => Promise<readonly SeenMessage[]>;
  },
): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (const [index, room] of rooms.entries()) {
    const stored = await readStored(superuserUrl, room.roomId);
    const clients = parts.clients.filter((client) => client.room === room.roomId);
    const anew = await parts.readAnew(room);
    rows.push({ room: `room ${index + 1}`, ...balanceRoom(stored, clients, anew) });
  }
  return rows;
}

/** @returns true when nothing that must be 0 is anything else, and something was acked */
export function isLedgerPerfect(rows: readonly LedgerRow[]): boolean {
  return rows.every((row) => row.acked > 0 && ledgerFaults.every((fault) => row[fault] === 0));
}

/** The ledger as a table, with a line of totals. */
export function describeLedger(rows: readonly LedgerRow[]): string {
  const columns = ["sent", "acked", ...ledgerFaults] as const;
  const total = (column: (typeof columns)[number]) =>
    rows.reduce((sum, row) => sum + row[column], 0);
  const line = (name: string, cells: readonly (string | number)[]) =>
    [
      name.padEnd(8),
      ...cells.map((cell, at) => String(cell).padStart((columns[at]?.length ?? 0) + 3)),
    ]
      .join("")
      .trimEnd();
  return [
    line("", columns),
    ...rows.map((row) =>
      line(
        row.room,
        columns.map((column) => row[column]),
      ),
    ),
    line("all", columns.map(total)),
  ].join("\n");
}

function balanceRoom(
  stored: readonly SeenMessage[],
  clients: readonly StubbornClient[],
  anew: readonly SeenMessage[],
): Omit<LedgerRow, "room"> {
  const keyOf = (senderId: string, clientId: string) => `${senderId} ${clientId}`;
  const seqs = new Map(stored.map((each) => [keyOf(each.senderId, each.clientId), each.seq]));
  const acked = clients.flatMap((client) =>
    client.acked.map(({ clientId, seq }) => ({ key: keyOf(client.senderId, clientId), seq })),
  );
  const sent = new Set(
    clients.flatMap((client) => [
      ...client.acked.map(({ clientId }) => keyOf(client.senderId, clientId)),
      ...[...client.unacked.keys()].map((clientId) => keyOf(client.senderId, clientId)),
    ]),
  );
  return {
    sent: sent.size,
    acked: new Set(acked.map(({ key }) => key)).size,
    lost: acked.filter(({ key }) => !seqs.has(key)).length,
    duplicated: stored.length - seqs.size,
    misnumbered: acked.filter(({ key, seq }) => (seqs.get(key) ?? seq) !== seq).length,
    holes: (stored.at(-1)?.seq ?? 0) - new Set(stored.map(({ seq }) => seq)).size,
    invented: [...seqs.keys()].filter((key) => !sent.has(key)).length,
    wronglyTold: clients.filter(
      ({ tail }) => tail.faults.length > 0 || differences(tail.messages, stored) > 0,
    ).length,
    wronglyRead: differences(anew, stored),
  };
}

/** In how many places two lists differ, those included that one does not have. */
function differences(some: readonly SeenMessage[], others: readonly SeenMessage[]): number {
  const length = Math.max(some.length, others.length);
  let count = 0;
  for (let index = 0; index < length; index += 1) {
    if (JSON.stringify(some[index]) !== JSON.stringify(others[index])) count += 1;
  }
  return count;
}

async function readStored(superuserUrl: string, roomId: string): Promise<SeenMessage[]> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    const { rows } = await client.query<SeenMessage>(
      `select seq::int as seq, client_id as "clientId", sender_id as "senderId", body
       from chat_messages where room_id = $1 order by seq`,
      [roomId],
    );
    return rows;
  } finally {
    await client.end();
  }
}
