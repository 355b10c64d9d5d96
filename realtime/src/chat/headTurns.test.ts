import { expect, test } from "vitest";
import { createHeadTurns, headTurns } from "./headTurns.ts";

const intervalMs = 9_000;

function make() {
  const clock = { ms: 5 };
  const told: number[] = [];
  const beat = createHeadTurns({
    feed: { tellHeads: (turn) => void told.push(turn) },
    intervalMs,
    uptimeMs: () => clock.ms,
  });
  return { clock, told, beat };
}

const allTurns = Array.from({ length: headTurns }, (_, turn) => turn);

test("[R6] the rooms are told one part after the other, each once in the interval", () => {
  const { clock, told, beat } = make();
  for (let turn = 0; turn < headTurns; turn += 1) {
    clock.ms += intervalMs / headTurns;
    beat();
    expect(told).toHaveLength(turn + 1);
  }
  expect(told).toEqual(allTurns);
});

test("[R6] what was delayed is made up for, and after a long pause each room is told once", () => {
  const { clock, told, beat } = make();
  clock.ms += intervalMs / 2;
  beat();
  expect(told).toEqual(allTurns.slice(0, headTurns / 2));
  clock.ms += 10 * intervalMs;
  told.length = 0;
  beat();
  expect(told.sort((a, b) => a - b)).toEqual(allTurns);
});
