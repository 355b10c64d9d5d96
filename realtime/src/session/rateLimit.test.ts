import type { ParticipantId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { createRateLimiter, rateGroupOf } from "./rateLimit.ts";

const amina = "amina" as ParticipantId;
const baraka = "baraka" as ParticipantId;
const limit = { perSecond: 2, burst: 3 };

function limiterAt(clock: { nowMs: number }) {
  const limits = { chat: limit, signal: limit, command: limit, ephemeral: limit };
  return createRateLimiter({ now: () => clock.nowMs, limits });
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

test("[L1] a person who floods two nodes gets one bucket's rate, and one more burst at most", () => {
  const clock = { nowMs: 0 };
  const [here, there] = [limiterAt(clock), limiterAt(clock)];
  let passed = 0;
  const minutes = 10;
  for (; clock.nowMs < minutes * 60_000; clock.nowMs += 50) {
    for (const limiter of [here, there]) if (limiter.take(amina, "chat") === 0) passed += 1;
    if (clock.nowMs % 250 !== 0) continue;
    const [ofHere, ofThere] = [here.newDraws(), there.newDraws()];
    there.drawnElsewhere(ofHere);
    here.drawnElsewhere(ofThere);
  }
  const ofOneBucket = limit.burst + limit.perSecond * minutes * 60;
  expect(passed).toBeGreaterThan(ofOneBucket * 0.95);
  expect(passed).toBeLessThanOrEqual(ofOneBucket + limit.burst);
});

test("[L1] who keeps to half of a bucket is told of to nobody", () => {
  const clock = { nowMs: 0 };
  const told: string[] = [];
  const limits = { chat: limit, signal: limit, command: limit, ephemeral: limit };
  const onDraws = () => void told.push("draws");
  const limiter = createRateLimiter({ now: () => clock.nowMs, limits, onDraws });
  for (; clock.nowMs < 60_000; clock.nowMs += 500) limiter.take(amina, "chat");
  expect(told).toEqual([]);
  limiter.take(amina, "chat");
  limiter.take(amina, "chat");
  expect(told).toEqual(["draws"]);
  expect(limiter.newDraws()).toMatchObject([{ who: amina, group: "chat" }]);
  expect(limiter.newDraws()).toEqual([]);
});

test("what another node gave is owed here, up to one burst; what is no bucket is nobody's", () => {
  const clock = { nowMs: 0 };
  const limiter = limiterAt(clock);
  limiter.drawnElsewhere([{ who: amina, group: "another version's", tokens: 5 }]);
  limiter.drawnElsewhere([{ who: amina, group: "chat", tokens: 1_000 }]);
  expect(limiter.take(amina, "chat")).toBe(2_000);
  expect(limiter.take(amina, "command")).toBe(0);
  clock.nowMs = 2_000;
  expect(limiter.take(amina, "chat")).toBe(0);
});

test("chat and signals have buckets of their own", () => {
  expect(rateGroupOf("sendMessage")).toBe("chat");
  expect(rateGroupOf("sendSignal")).toBe("signal");
  expect(rateGroupOf("joinRoom")).toBe("command");
});
