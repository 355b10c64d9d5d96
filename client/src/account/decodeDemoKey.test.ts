import { describe, expect, it } from "vitest";
import { checkCredentials, hasFaults } from "./checkCredentials.ts";
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

describe("checkCredentials", () => {
  it("names every field that is missing", () => {
    expect(Object.keys(checkCredentials({ school: " ", email: "", password: "" }))).toEqual([
      "school",
      "email",
      "password",
    ]);
  });

  it("takes a password of spaces for what it is", () => {
    expect(hasFaults(checkCredentials({ school: "demo", email: "a@b", password: " " }))).toBe(
      false,
    );
  });
});
