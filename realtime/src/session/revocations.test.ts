import { randomUUID } from "node:crypto";
import type { ParticipantId, SchoolId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { createRevocations } from "./revocations.ts";
import { longestTicketMemoryMs } from "./ticketLife.ts";

const school = randomUUID() as SchoolId;
const sub = randomUUID() as ParticipantId;
const signIn = randomUUID();
const atMs = 1_800_000_000_000;
const ticket = { school, sub, signIn, issuedAtMs: atMs };
const change = { kind: "accessChanged", schoolId: school, participantId: sub, atMs } as const;

test("[T6] tickets of a sign-in that ended are worthless up to its end; those of others are not", () => {
  const revocations = createRevocations(() => 0);
  revocations.add({ ...change, signInIds: [signIn] });
  expect(revocations.isRevoked(ticket)).toBe(true);
  expect(revocations.isRevoked({ ...ticket, issuedAtMs: atMs + 1 })).toBe(false);
  expect(revocations.isRevoked({ ...ticket, signIn: randomUUID() })).toBe(false);
});

test("[T6] without sign-ins all tickets of the person are meant, in that school", () => {
  const revocations = createRevocations(() => 0);
  revocations.add({ ...change, signInIds: null });
  expect(revocations.isRevoked({ ...ticket, signIn: randomUUID() })).toBe(true);
  expect(revocations.isRevoked({ ...ticket, sub: randomUUID() as ParticipantId })).toBe(false);
  expect(revocations.isRevoked({ ...ticket, school: randomUUID() as SchoolId })).toBe(false);
});

test("[T6] word that comes late takes nothing back", () => {
  const revocations = createRevocations(() => 0);
  revocations.add({ ...change, signInIds: null });
  revocations.add({ ...change, signInIds: null, atMs: atMs - 5_000 });
  expect(revocations.isRevoked(ticket)).toBe(true);
});

test("what no ticket can be older than any more is forgotten", () => {
  let uptimeMs = 0;
  const revocations = createRevocations(() => uptimeMs);
  revocations.add({ ...change, signInIds: null });
  uptimeMs = longestTicketMemoryMs;
  revocations.add({ ...change, participantId: randomUUID(), signInIds: null });
  expect(revocations.size).toBe(1);
});
