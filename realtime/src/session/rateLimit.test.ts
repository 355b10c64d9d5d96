import type { ParticipantId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { createRateLimiter, rateGroupOf } from "./rateLimit.ts";

const amina = "amina" as ParticipantId;
const baraka = "baraka" as ParticipantId;
const limit = { perSecond: 2, burst: 3 };

function limiterAt(clock: { nowMs: number }) {
  return createRateLimiter(() => clock.nowMs, {
    chat: limit,
    signal: limit,
    command: limit,
    ephemeral: limit,
  });
}

test("[L1] a burst passes, then as many as the rate allows; who waits as told gets a token", () => {
  const clock = { nowMs: 0 };
  const limiter = limiterAt(clock);
  const taken = Array.from({ length: 4 }, () => limiter.take(amina, "chat"));
  expect(taken).toEqual([0, 0, 0, 500]);
  clock.nowMs = 499;
  expect(limiter.take(amina, "chat")).toBeGreaterThan(0);
  clock.nowMs = 500;
  expect(limiter.take(amina, "chat")).toBe(0);
});

test("[L1] one person's haste costs nobody else, and chat does not cost other commands", () => {
  const limiter = limiterAt({ nowMs: 0 });
  for (let count = 0; count < 10; count += 1) limiter.take(amina, "chat");
  expect(limiter.take(baraka, "chat")).toBe(0);
  expect(limiter.take(amina, "command")).toBe(0);
});

test("buckets that are full again are forgotten, and no others", () => {
  const clock = { nowMs: 0 };
  const limiter = limiterAt(clock);
  for (let count = 0; count < 3; count += 1) limiter.take(amina, "chat");
  clock.nowMs = 100;
  limiter.sweep();
  expect(limiter.take(amina, "chat")).toBeGreaterThan(0);
  clock.nowMs = 60_000;
  limiter.sweep();
  expect(limiter.take(amina, "chat")).toBe(0);
});

test("a clock that is set back neither gives nor takes", () => {
  const clock = { nowMs: 10_000 };
  const limiter = limiterAt(clock);
  for (let count = 0; count < 3; count += 1) limiter.take(amina, "chat");
  clock.nowMs = 0;
  expect(limiter.take(amina, "chat")).toBe(500);
  clock.nowMs = 500;
  expect(limiter.take(amina, "chat")).toBe(0);
});

test("chat and signals have buckets of their own", () => {
  expect(rateGroupOf("sendMessage")).toBe("chat");
  expect(rateGroupOf("sendSignal")).toBe("signal");
  expect(rateGroupOf("joinRoom")).toBe("command");
});
