import { expect, test } from "vitest";
import { checkGuest, cleanPin } from "./checkGuest.ts";

test.each([
  ["Ali", undefined, {}],
  ["Ali", "4071", {}],
  ["  ", undefined, { name: "missing" }],
  ["😀".repeat(60), undefined, {}],
  ["😀".repeat(61), undefined, { name: "tooLong" }],
  ["Ali", "", { pin: "missing" }],
  ["Ali", "407", { pin: "missing" }],
  ["", "407", { name: "missing", pin: "missing" }],
])("%j with PIN %j: %j", (name, pin, faults) => {
  expect(checkGuest(name, pin)).toEqual(faults);
});

test.each([
  [" 40 71\n", "4071"],
  ["PIN: 4071", "4071"],
  ["123456789", "12345678"],
])("of %j the PIN is %j", (typed, pin) => expect(cleanPin(typed)).toBe(pin));
