import { describe, expect, it } from "vitest";
import { isSlug, makeSlug } from "./makeSlug.ts";

describe("makeSlug", () => {
  it.each([
    ["Shule ya Msingi Mwenge", "shule-ya-msingi-mwenge"],
    ["  St. Mary's — Arusha  ", "st-marys-arusha"],
    ["École Égalité 2", "ecole-egalite-2"],
    ["学校", ""],
    ["a".repeat(39) + " bc", "a".repeat(39)],
  ])("%j suggests %j", (name, slug) => {
    expect(makeSlug(name)).toBe(slug);
  });
});

describe("isSlug", () => {
  it.each(["demo", "st-marys", "42"])("takes %j", (slug) => {
    expect(isSlug(slug)).toBe(true);
  });

  it.each(["", "a", "-a", "a--b", "Mwenge", "mwenge ", "a".repeat(61)])("refuses %j", (slug) => {
    expect(isSlug(slug)).toBe(false);
  });
});
