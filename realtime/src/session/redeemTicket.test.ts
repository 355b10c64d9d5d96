import { randomUUID } from "node:crypto";
import { DarasaError, ticketLifetimeSeconds, type ResumeTicketClaims } from "@darasa/protocol";
import { expect, test } from "vitest";
import { signBoardTicketFor, signGatewayTicket } from "../../test/support/signTicket.ts";
import { createReadTicket } from "./readTicket.ts";
import { createRedeemTicket, type RedeemTicket } from "./redeemTicket.ts";
import { createSignBoardTicket } from "./signBoardTicket.ts";
import { createSignResumeTicket } from "./resumeTicket.ts";
import { createSpentTickets } from "./spentTickets.ts";
import { clockToleranceSeconds, ticketAliveMs } from "./ticketLife.ts";
import { makeTicketKey } from "./ticketKey.ts";

const secret = new Uint8Array(32).fill(7);
const person = { schoolId: randomUUID(), participantId: randomUUID(), name: "Amina" };
const startedAtMs = 1_800_000_000_000;
const key = makeTicketKey(secret);

/** A gateway whose clock says so; it has been up since `startedAtMs` unless told otherwise. */
function redeemAt(
  clock: { nowMs: number; uptimeMs?: number },
  more: Partial<Parameters<typeof createRedeemTicket>[0]> = {},
): RedeemTicket {
  const uptimeMs = () => clock.uptimeMs ?? Math.max(0, clock.nowMs - startedAtMs);
  return createRedeemTicket({
    read: createReadTicket(key, () => clock.nowMs),
    spent: createSpentTickets(uptimeMs, () => Promise.resolve("unknown")),
    stillHolds: () => Promise.resolve(true),
    uptimeMs,
    startedAtMs,
    isRevoked: () => false,
    ...more,
  });
}

test("[T1] a ticket says who somebody is", async () => {
  const ticket = await signGatewayTicket(secret, { ...person, issuedAtMs: startedAtMs });
  const redeemed = await redeemAt({ nowMs: startedAtMs + 10 })(ticket, "gateway");
  expect(redeemed).toMatchObject({
    ok: true,
    value: { sub: person.participantId, school: person.schoolId, name: "Amina" },
  });
});

test("[T2] it is worth something once, however long one remembers", async () => {
  const clock = { nowMs: startedAtMs };
  const redeem = redeemAt(clock);
  const sign = (issuedAtMs: number) => signGatewayTicket(secret, { ...person, issuedAtMs });
  const ticket = await sign(startedAtMs);
  expect((await redeem(ticket, "gateway")).ok).toBe(true);
  for (let second = 0; second < ticketLifetimeSeconds + 2 * clockToleranceSeconds; second += 1) {
    clock.nowMs = startedAtMs + second * 1_000;
    expect((await redeem(ticket, "gateway")).ok).toBe(false);
    expect((await redeem(await sign(clock.nowMs), "gateway")).ok).toBe(true);
  }
});

test("[T3] one from before the start is refused, one from the same moment is not", async () => {
  const redeem = redeemAt({ nowMs: startedAtMs + 1_000 });
  const sign = (issuedAtMs: number) => signGatewayTicket(secret, { ...person, issuedAtMs });
  expect((await redeem(await sign(startedAtMs - 1), "gateway")).ok).toBe(false);
  expect((await redeem(await sign(startedAtMs), "gateway")).ok).toBe(true);
});

const minuteMs = 60_000;

test.each([
  [-10 * minuteMs, false],
  [-50_000, true],
  [0, true],
  [50_000, true],
  [10 * minuteMs, false],
])("[T5] a gateway's clock that is off by %i ms takes a fresh ticket: %s", async (offMs, taken) => {
  const uptimeMs = 20 * minuteMs;
  const issuedAtMs = startedAtMs + uptimeMs;
  const ticket = await signGatewayTicket(secret, { ...person, issuedAtMs });
  const redeem = redeemAt({ nowMs: issuedAtMs + offMs, uptimeMs });
  expect((await redeem(ticket, "gateway")).ok).toBe(taken);
});

test("[T5] nothing is worth anything beyond its life and the tolerance", async () => {
  const ticket = await signGatewayTicket(secret, { ...person, issuedAtMs: startedAtMs });
  const lastMs = startedAtMs + ticketAliveMs;
  expect((await redeemAt({ nowMs: lastMs })(ticket, "gateway")).ok).toBe(false);
  expect((await redeemAt({ nowMs: lastMs - 1_000 })(ticket, "gateway")).ok).toBe(true);
});

test("[T3] clocks that are set back refuse for as long as a ticket lives, and then no more", async () => {
  const nowMs = startedAtMs - 10 * minuteMs;
  const sign = () => signGatewayTicket(secret, { ...person, issuedAtMs: nowMs });
  const early = redeemAt({ nowMs, uptimeMs: ticketAliveMs - 1 });
  expect((await early(await sign(), "gateway")).ok).toBe(false);
  const later = redeemAt({ nowMs, uptimeMs: ticketAliveMs });
  expect((await later(await sign(), "gateway")).ok).toBe(true);
});

test("[T2] a clock that jumps makes no ticket good twice", async () => {
  const clock = { nowMs: startedAtMs, uptimeMs: 0 };
  const redeem = redeemAt(clock);
  const ticket = await signGatewayTicket(secret, { ...person, issuedAtMs: startedAtMs });
  expect((await redeem(ticket, "gateway")).ok).toBe(true);
  clock.nowMs += 10 * minuteMs;
  await redeem(await signGatewayTicket(secret, { ...person, issuedAtMs: clock.nowMs }), "gateway");
  clock.nowMs = startedAtMs;
  expect((await redeem(ticket, "gateway")).ok).toBe(false);
});

test("a ticket for one door does not open the other, and is not spent on it", async () => {
  const redeem = redeemAt({ nowMs: startedAtMs });
  const board = { document: randomUUID(), room: randomUUID(), liveClass: null };
  const ticket = await signBoardTicketFor(secret, { ...person, issuedAtMs: startedAtMs }, board);
  expect(await redeem(ticket, "gateway")).toEqual({ ok: false, error: "unauthenticated" });
  expect(await redeem(ticket, "board")).toMatchObject({ ok: true, value: board });
});

test("[B1] a board ticket that the gateway signed is redeemed like the API's", async () => {
  const now = () => startedAtMs;
  const sign = createSignBoardTicket({ key, now, newId: randomUUID });
  const claims = {
    sub: person.participantId,
    school: person.schoolId,
    name: person.name,
    signIn: randomUUID(),
    document: randomUUID(),
    room: randomUUID(),
    liveClass: randomUUID(),
  } as Parameters<typeof sign>[0];
  const { ticket, expiresInSeconds } = sign(claims);
  expect(expiresInSeconds).toBe(ticketLifetimeSeconds);
  const redeemed = await redeemAt({ nowMs: startedAtMs })(ticket, "board");
  expect(redeemed).toMatchObject({ ok: true, value: claims });
});

test("ids that are none are refused before they reach the database", async () => {
  const redeem = redeemAt({ nowMs: startedAtMs });
  for (const claims of [{ sub: "1' or 1=1" }, { school: "x" }, { guestOf: "" }, { name: "" }]) {
    const ticket = await signGatewayTicket(secret, { ...person, issuedAtMs: startedAtMs, claims });
    expect((await redeem(ticket, "gateway")).ok, JSON.stringify(claims)).toBe(false);
  }
});

/** A resume ticket as the gateway gives it. */
function resumeTicketOf(nowMs: number): string {
  const identity = {
    participantId: person.participantId,
    schoolId: person.schoolId,
    name: person.name,
    signInId: randomUUID(),
    guestOf: null,
  } as Parameters<ReturnType<typeof createSignResumeTicket>>[0];
  const sign = createSignResumeTicket({ key, now: () => nowMs, newId: randomUUID });
  return sign(identity).ticket;
}

test("[T7] a resume ticket opens the gateway once, long after, also at a node that has started since", async () => {
  const ticket = resumeTicketOf(startedAtMs - 10 * minuteMs);
  const redeem = redeemAt({ nowMs: startedAtMs });
  expect(await redeem(ticket, "gateway")).toMatchObject({
    ok: true,
    value: { sub: person.participantId, school: person.schoolId, name: "Amina" },
  });
  expect(await redeem(ticket, "gateway")).toEqual({ ok: false, error: "unauthenticated" });
});

test.each([
  [15 * minuteMs + 50_000, true],
  [15 * minuteMs + 70_000, false],
  [-50_000, true],
  [-70_000, false],
])(
  "[T7] one that is %i ms old, by a clock that may be a minute off, is taken: %s",
  async (ageMs, taken) => {
    const ticket = resumeTicketOf(startedAtMs);
    const redeem = redeemAt({ nowMs: startedAtMs + ageMs, uptimeMs: 0 });
    expect((await redeem(ticket, "gateway")).ok).toBe(taken);
  },
);

test("[T7] it is remembered for as long as it lives that it was spent", async () => {
  const clock = { nowMs: startedAtMs };
  const redeem = redeemAt(clock);
  const ticket = resumeTicketOf(startedAtMs);
  expect((await redeem(ticket, "gateway")).ok).toBe(true);
  for (let minute = 1; minute <= 16; minute += 1) {
    clock.nowMs = startedAtMs + minute * minuteMs;
    const other = resumeTicketOf(clock.nowMs);
    expect((await redeem(other, "gateway")).ok).toBe(true);
    expect((await redeem(ticket, "gateway")).ok).toBe(false);
  }
});

test("[T7] of twenty redemptions at once exactly one succeeds", async () => {
  const redeem = redeemAt({ nowMs: startedAtMs });
  const ticket = resumeTicketOf(startedAtMs);
  const all = await Promise.all(Array.from({ length: 20 }, async () => redeem(ticket, "gateway")));
  expect(all.filter(({ ok }) => ok)).toHaveLength(1);
});

test("[T7] it opens no board, and neither is spent at the wrong door", async () => {
  const redeem = redeemAt({ nowMs: startedAtMs });
  const ticket = resumeTicketOf(startedAtMs);
  expect(await redeem(ticket, "board")).toEqual({ ok: false, error: "unauthenticated" });
  expect((await redeem(ticket, "gateway")).ok).toBe(true);
});

test("[T7] while the database is away nobody knows, and the ticket is not spent", async () => {
  let isAway = true;
  const asked: ResumeTicketClaims[] = [];
  const redeem = redeemAt(
    { nowMs: startedAtMs },
    {
      stillHolds: (claims) => {
        asked.push(claims);
        return isAway ? Promise.reject(new DarasaError("unavailable")) : Promise.resolve(true);
      },
    },
  );
  const ticket = resumeTicketOf(startedAtMs);
  expect(await redeem(ticket, "gateway")).toEqual({ ok: false, error: "unavailable" });
  isAway = false;
  expect((await redeem(ticket, "gateway")).ok).toBe(true);
  expect((await redeem(ticket, "gateway")).ok).toBe(false);
  // What is known to be spent costs the database nothing.
  expect(asked).toHaveLength(2);
});

test("[T7] a change of access that comes while the database is asked makes it worthless", async () => {
  let isRevoked = false;
  const redeem = redeemAt(
    { nowMs: startedAtMs },
    {
      stillHolds: () => {
        isRevoked = true;
        return Promise.resolve(true);
      },
      isRevoked: () => isRevoked,
    },
  );
  expect((await redeem(resumeTicketOf(startedAtMs), "gateway")).ok).toBe(false);
});

test("[T7] one whose sign-in, account, school or name is another now is refused", async () => {
  const redeem = redeemAt({ nowMs: startedAtMs }, { stillHolds: () => Promise.resolve(false) });
  const refused = { ok: false, error: "unauthenticated" };
  expect(await redeem(resumeTicketOf(startedAtMs), "gateway")).toEqual(refused);
});
