import { describe, expect, it } from "vitest";
import { pickLanguage } from "./language.ts";
import { translate } from "./translate.ts";

const plural = new Intl.PluralRules("en");
const catalogue = {
  greeting: "Hello, {name}",
  members_one: "{count} member",
  members_other: "{count} members",
};

describe("translate", () => {
  it("fills the placeholders", () => {
    expect(translate(catalogue, plural, { key: "greeting", values: { name: "Neema" } })).toBe(
      "Hello, Neema",
    );
  });

  it("takes a name as text, never as a placeholder of its own", () => {
    expect(translate(catalogue, plural, { key: "greeting", values: { name: "{name}$&" } })).toBe(
      "Hello, {name}$&",
    );
  });

  it.each([
    [0, "0 members"],
    [1, "1 member"],
    [7, "7 members"],
  ])("picks the plural form for %i", (count, text) => {
    expect(translate(catalogue, plural, { key: "members", values: { count } })).toBe(text);
  });

  it("shows a missing key instead of nothing", () => {
    expect(translate(catalogue, plural, { key: "nobody.wrote.this" })).toBe("nobody.wrote.this");
  });
});

describe("pickLanguage", () => {
  it.each([
    ["sw", ["en-GB"], "sw"],
    [null, ["sw-TZ", "en"], "sw"],
    [null, ["de-DE", "en-US"], "en"],
    ["xx", [], "en"],
  ] as const)("remembered %s, browser %j: %s", (remembered, preferred, expected) => {
    expect(pickLanguage(remembered, preferred)).toBe(expected);
  });
});
