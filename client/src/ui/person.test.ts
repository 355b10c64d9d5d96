import { describe, expect, it } from "vitest";
import { initialsOf, personColour } from "./person.ts";

describe("initialsOf", () => {
  it.each([
    ["Amina Juma", "AJ"],
    ["  neema  ", "N"],
    ["Juma bin Said", "JS"],
    ["“Daudi” (Form 2)", "D2"],
    ["Ödön", "Ö"],
    ["李雷", "李"],
    ["", "?"],
    ["***", "?"],
  ])("%j gives %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe("personColour", () => {
  it("is the same for the same id", () => {
    const id = "018f2c52-1111-7abc-8def-000000000001";
    expect(personColour(id)).toBe(personColour(id));
    expect(personColour(id)).toMatch(/^var\(--person-[0-7]\)$/);
  });
});
