import { describe, expect, it } from "vitest";
import { nextPath, signInPath } from "./nextPath.ts";

describe("nextPath", () => {
  it.each([
    ["/class/1?x=y", "/class/1?x=y"],
    [undefined, "/"],
    ["https://elsewhere.example", "/"],
    ["//elsewhere.example", "/"],
    ["/\\elsewhere.example", "/"],
    ["javascript:alert(1)", "/"],
    [["/a", "/b"], "/"],
  ])("%j leads to %j", (next, expected) => {
    expect(nextPath(next)).toBe(expected);
  });
});

describe("signInPath", () => {
  it("leads back to where the person was going", () => {
    expect(signInPath("/class/1?x=y")).toBe("/sign-in?next=%2Fclass%2F1%3Fx%3Dy");
    expect(signInPath("/")).toBe("/sign-in");
  });
});
