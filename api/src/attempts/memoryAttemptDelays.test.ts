import { expect, test } from "vitest";
import { describeAttemptDelays } from "./attemptDelays.contract.ts";
import { makeMemoryAttemptDelays } from "./memoryAttemptDelays.ts";

describeAttemptDelays(() => {
  let nowMs = 1_800_000_000_000;
  return {
    delays: makeMemoryAttemptDelays(() => nowMs),
    advance: (ms) => void (nowMs += ms),
  };
});

test("failures are forgotten a day after the last", async () => {
  let nowMs = 1_800_000_000_000;
  const delays = makeMemoryAttemptDelays(() => nowMs);
  const counters = [{ kind: "address", key: "demo/amina" }] as const;
  for (let tries = 0; tries < 5; tries += 1) await delays.begin(counters);
  nowMs += 86_400_000;
  for (let tries = 0; tries < 5; tries += 1) await delays.begin(counters);
  await expect(delays.begin(counters)).rejects.toMatchObject({ code: "rate_limited" });
});
