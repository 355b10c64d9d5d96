import { describe, expect, it } from "vitest";
import { cleanClassCode, isClassCode } from "./classCode.ts";

describe("cleanClassCode", () => {
  it.each([
    ["k7m2qx", "K7M2QX"],
    ["K7M 2QX", "K7M2QX"],
    [" k7m-2qx ", "K7M2QX"],
    ["K7M2QXYZ", "K7M2QX"],
    ["https://school.example/join/k7m2qx?x=1", "K7M2QX"],
    ["O0I1", ""],
    ["", ""],
  ])("%j gives %j", (typed, code) => {
    expect(cleanClassCode(typed)).toBe(code);
  });
});

describe("isClassCode", () => {
  it("wants all six characters", () => {
    expect(isClassCode("K7M2QX")).toBe(true);
    expect(isClassCode("K7M2Q")).toBe(false);
  });
});
