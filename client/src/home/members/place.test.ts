import { expect, test } from "vitest";
import { canTake, placeOf, placesToGive } from "./place.ts";

test("a teacher with an end is a substitute", () => {
  expect(placeOf({ role: "teacher", untilMs: null })).toBe("teacher");
  expect(placeOf({ role: "teacher", untilMs: 1 })).toBe("substitute");
  expect(placeOf({ role: "student", untilMs: null })).toBe("student");
});

test("a student teaches groups only", () => {
  expect(canTake("teacher", "class", "student")).toBe(false);
  expect(canTake("substitute", "class", "student")).toBe(false);
  expect(canTake("teacher", "group", "student")).toBe(true);
  expect(canTake("teacher", "class", "teacher")).toBe(true);
  expect(canTake("student", "class", "safeguarding")).toBe(true);
});

test("a substitute gives no place of a teacher, and a student none at all", () => {
  expect(placesToGive({ role: "teacher", isSubstitute: false })).toContain("substitute");
  expect(placesToGive({ role: "teacher", isSubstitute: true })).toEqual(["student"]);
  expect(placesToGive({ role: "student", isSubstitute: false })).toEqual([]);
});
