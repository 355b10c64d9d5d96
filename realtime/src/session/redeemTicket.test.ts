import { randomUUID } from "node:crypto";
import { ticketLifetimeSeconds } from "@darasa/protocol";
import { beforeAll, expect, test } from "vitest";
import { signBoardTicketFor, signGatewayTicket } from "../../test/support/signTicket.ts";
import { createRedeemTicket, type RedeemTicket } from "./redeemTicket.ts";
import { createSignBoardTicket } from "./signBoardTicket.ts";
import { importTicketKey, type TicketKey } from "./ticketKey.ts";

const secret = new Uint8Array(32).fill(7);
const person = { schoolId: randomUUID(), participantId: randomUUID(), name: "Amina" };
const startedAtMs = 1_800_000_000_000;
let key: TicketKey;
beforeAll(async () => {
  key = await importTicketKey(secret);
});

function redeemAt(clock: { nowMs: number }): RedeemTicket {
  return createRedeemTicket(key, { now: () => clock.nowMs, startedAtMs });
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
  for (let second = 0; second < ticketLifetimeSeconds + 10; second += 1) {
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

test("a ticket for one door does not open the other, and is not spent on it", async () => {
  const redeem = redeemAt({ nowMs: startedAtMs });
  const board = { document: randomUUID(), room: randomUUID(), liveClass: null };
  const ticket = await signBoardTicketFor(secret, { ...person, issuedAtMs: startedAtMs }, board);
  expect(await redeem(ticket, "gateway")).toEqual({ ok: false, error: "unauthenticated" });
  expect(await redeem(ticket, "board")).toMatchObject({ ok: true, value: board });
});

test("[B1] a board ticket that the gateway signed is redeemed like the API's", async () => {
  const now = () => startedAtMs;
  const sign = createSignBoardTicket(key, { now, newId: randomUUID });
  const claims = {
    sub: person.participantId,
    school: person.schoolId,
    name: person.name,
    signIn: randomUUID(),
    document: randomUUID(),
    room: randomUUID(),
    liveClass: randomUUID(),
  } as Parameters<typeof sign>[0];
  const { ticket, expiresInSeconds } = await sign(claims);
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
