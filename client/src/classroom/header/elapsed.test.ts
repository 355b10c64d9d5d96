import { expect, test } from "vitest";
import { formatElapsed } from "./elapsed.ts";

test.each([
  [-5_000, "0:00"],
  [0, "0:00"],
  [59_999, "0:59"],
  [247_000, "4:07"],
  [3_599_000, "59:59"],
  [3_847_000, "1:04:07"],
  [36_000_000, "10:00:00"],
])("%d ms are %s", (elapsedMs, text) => {
  expect(formatElapsed(elapsedMs)).toBe(text);
});
