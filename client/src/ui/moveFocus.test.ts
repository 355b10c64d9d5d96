import { describe, expect, it } from "vitest";
import { moveFocus } from "./moveFocus.ts";

describe("moveFocus", () => {
  it.each([
    ["ArrowDown", 0, 1],
    ["ArrowDown", 2, 0],
    ["ArrowDown", -1, 0],
    ["ArrowUp", 0, 2],
    ["ArrowUp", -1, 2],
    ["Home", 2, 0],
    ["End", 0, 2],
    ["Enter", 1, null],
    ["ArrowRight", 1, null],
  ])("%s from %i of three leads to %s", (key, index, expected) => {
    expect(moveFocus(key, index, { count: 3 })).toBe(expected);
  });

  it("moves sideways in a horizontal list", () => {
    expect(moveFocus("ArrowRight", 0, { count: 2, horizontal: true })).toBe(1);
    expect(moveFocus("ArrowLeft", 0, { count: 2, horizontal: true })).toBe(1);
  });

  it("has nowhere to go in an empty list", () => {
    expect(moveFocus("ArrowDown", -1, { count: 0 })).toBeNull();
  });
});
