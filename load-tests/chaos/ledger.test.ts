import { expect, it } from "vitest";
import { describeLedger, isLedgerPerfect, ledgerFaults, type LedgerRow } from "./ledger.ts";
import { RoomTail } from "./roomTail.ts";

const perfect: LedgerRow = {
  room: "room 1",
  sent: 3,
  acked: 2,
  ...(Object.fromEntries(ledgerFaults.map((fault) => [fault, 0])) as Record<
    (typeof ledgerFaults)[number],
    number
  >),
};

it("a ledger is perfect when nothing is wrong and something was acked", () => {
  expect(isLedgerPerfect([perfect, perfect])).toBe(true);
  expect(isLedgerPerfect([perfect, { ...perfect, acked: 0 }])).toBe(false);
});

it.each(ledgerFaults)("is not perfect with one message %s, and its table says so", (fault) => {
  const rows = [perfect, { ...perfect, room: "room 2", [fault]: 1 }];
  expect(isLedgerPerfect(rows)).toBe(false);
  expect(describeLedger(rows)).toMatch(/^all .*\b1\b/m);
});

it("a client's view of a room takes each message once and in order", () => {
  const tail = new RoomTail();
  const message = (seq: number) => ({ seq, clientId: `c${seq}`, senderId: "s", body: "b" });
  expect([1, 2, 4].map((seq) => tail.take(message(seq)))).toEqual([true, true, false]);
  expect([tail.lastSeq, tail.gaps, tail.faults]).toEqual([2, 1, []]);
  tail.take(message(2));
  expect(tail.faults).toHaveLength(1);
});
