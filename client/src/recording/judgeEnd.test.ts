import { expect, test } from "vitest";
import { judgeEnd } from "./judgeEnd.ts";

const ready = { state: "ready", lostParts: 0, brokeOff: false } as const;

test.each([
  [null, { ...ready, state: "paused" }],
  ["saving", { ...ready, state: "saving", brokeOff: true }],
  ["well", ready],
  ["brokeOff", { ...ready, brokeOff: true }],
  ["lostPart", { ...ready, lostParts: 1, brokeOff: true }],
  ["lost", { ...ready, state: "lost", lostParts: 1 }],
  ["notBegun", { ...ready, state: "failed", brokeOff: true }],
  ["well", { ...ready, state: "failed" }],
] as const)("%s is told of %o", (end, recording) => {
  expect(judgeEnd(recording)).toBe(end);
});
