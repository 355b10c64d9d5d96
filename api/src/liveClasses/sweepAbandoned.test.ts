import { DarasaError } from "@darasa/protocol";
import { beforeEach, expect, test } from "vitest";
import type { Services } from "../services.ts";
import { makeSweepAbandoned, sweepIntervalMs } from "./sweepAbandoned.ts";

let nowMs: number;
let isAway: boolean;
/** How often classes were ended. */
let ended: number;

beforeEach(() => {
  nowMs = 1_767_225_600_000;
  isAway = false;
  ended = 0;
});

const answer = (): Promise<void> =>
  isAway ? Promise.reject(new DarasaError("unavailable")) : Promise.resolve();

const makeSweep = () =>
  makeSweepAbandoned(
    {
      config: { LIVE_CLASS_IDLE_MINUTES: 10 } as Services["config"],
      database: {
        endAbandonedLiveClasses: () => Promise.resolve(++ended),
      } as Partial<Services["database"]> as Services["database"],
      log: () => undefined,
      now: () => nowMs,
    },
    answer,
  );

async function sweepAfter(sweep: () => Promise<void>, ms: number): Promise<number> {
  nowMs += ms;
  const before = ended;
  await sweep();
  return ended - before;
}

test("the first sweep of a process ends nothing, those that follow do", async () => {
  const sweep = makeSweep();
  expect(await sweepAfter(sweep, 0)).toBe(0);
  expect(await sweepAfter(sweep, sweepIntervalMs)).toBe(1);
  expect(await sweepAfter(sweep, sweepIntervalMs + 900)).toBe(1);
});

test.each([
  ["the machine slept", 20 * 60_000],
  ["the clock was set back", -60 * 60_000],
])("after %s the gateways first tell who is there", async (_what, ms) => {
  const sweep = makeSweep();
  await sweepAfter(sweep, 0);
  expect(await sweepAfter(sweep, sweepIntervalMs)).toBe(1);
  expect(await sweepAfter(sweep, ms)).toBe(0);
  expect(await sweepAfter(sweep, sweepIntervalMs)).toBe(1);
});

test("after the database or the gateway was away the teachers first come back", async () => {
  const sweep = makeSweep();
  await sweepAfter(sweep, 0);
  isAway = true;
  for (let time = 0; time < 20; time += 1) await sweepAfter(sweep, sweepIntervalMs);
  isAway = false;
  expect(await sweepAfter(sweep, sweepIntervalMs)).toBe(0);
  expect(await sweepAfter(sweep, sweepIntervalMs)).toBe(1);
});
