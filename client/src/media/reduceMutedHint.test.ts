import { expect, it } from "vitest";
import { noMutedHint, reduceMutedHint, type MutedHint } from "./reduceMutedHint.ts";

const talking = { isMuted: true, isTalking: true };
const silent = { isMuted: true, isTalking: false };

function run(steps: readonly [typeof talking, number][], from: MutedHint = noMutedHint): MutedHint {
  return steps.reduce((hint, [now, atMs]) => reduceMutedHint(hint, now, atMs), from);
}

it("tells who talks for a second into a muted microphone", () => {
  expect(
    run([
      [talking, 0],
      [talking, 500],
    ]).isShown,
  ).toBe(false);
  expect(
    run([
      [talking, 0],
      [talking, 1_000],
    ]).isShown,
  ).toBe(true);
});

it("does not mind a cough", () => {
  expect(
    run([
      [talking, 0],
      [silent, 400],
      [talking, 900],
      [talking, 1_500],
    ]).isShown,
  ).toBe(false);
});

it("goes away by itself, and at once when the microphone is switched on", () => {
  const shown = run([
    [talking, 0],
    [talking, 1_000],
  ]);
  expect(run([[silent, 5_100]], shown).isShown).toBe(false);
  expect(reduceMutedHint(shown, { isMuted: false, isTalking: true }, 1_200).isShown).toBe(false);
});

it("does not nag somebody who goes on talking", () => {
  const shown = run([
    [talking, 0],
    [talking, 1_000],
    [talking, 6_000],
  ]);
  expect(run([[talking, 20_000]], shown).isShown).toBe(false);
  expect(run([[talking, 32_000]], shown).isShown).toBe(true);
});
