import { describe, expect, it } from "vitest";
import { isPasswordLong, passwordStrength } from "./passwordStrength.ts";

describe("passwordStrength", () => {
  it.each([
    ["", "tooShort"],
    ["Ab1!xyz", "tooShort"],
    ["aaaaaaaaaaaa", "weak"],
    ["12345678", "weak"],
    ["abcdefghij", "weak"],
    ["mwalimu1", "fair"],
    ["Mwalimu#2025", "good"],
    ["chungwa tembo mvua daraja", "strong"],
    ["x".repeat(129), "tooLong"],
  ])("finds %j %s", (password, strength) => {
    expect(passwordStrength(password)).toBe(strength);
  });

  it("counts bytes as the server does: four characters of another script may be enough", () => {
    expect(isPasswordLong(passwordStrength("教室の窓"))).toBe(true);
    expect(isPasswordLong(passwordStrength("é".repeat(65)))).toBe(false);
  });
});
