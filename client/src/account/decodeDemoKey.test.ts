import { describe, expect, it } from "vitest";
import { decodeDemoKey } from "./decodeDemoKey.ts";

describe("decodeDemoKey", () => {
  it.each([
    ["#abc-DEF_123", "abc-DEF_123"],
    ["#key=abc-DEF_123", "abc-DEF_123"],
    ["", ""],
    ["#%", "%"],
  ])("%j holds %j", (fragment, key) => {
    expect(decodeDemoKey(fragment)).toBe(key);
  });
});
