import { expect, test } from "vitest";
import { browserRandomBytes, makePin } from "./makePin.ts";

test("a PIN has four digits, and bytes that would not be fair are not used", () => {
  const draws = [new Uint8Array([255, 3, 252, 17]), new Uint8Array([40, 251, 9, 8])];
  expect(makePin(() => draws.shift() ?? new Uint8Array(4))).toBe("3709");
});

test("all digits come, in all places", () => {
  const pins = Array.from({ length: 500 }, () => makePin(browserRandomBytes));
  for (const place of [0, 1, 2, 3]) {
    expect(new Set(pins.map((pin) => pin[place])).size).toBe(10);
  }
});
