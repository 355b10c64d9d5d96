import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorTable } from "@darasa/protocol";
import { describe, expect, it } from "vitest";
import { catalogue as english } from "./en/catalogue.ts";
import { catalogue as swahili } from "./sw/catalogue.ts";
import type { Catalogue } from "./translate.ts";

const en: Catalogue = english;

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();
}

describe("the catalogue", () => {
  it("has the same keys in both languages", () => {
    expect(Object.keys(swahili).sort()).toEqual(Object.keys(en).sort());
  });

  it("gives each text one key in its file, of which JSON would keep the last only", async () => {
    const files = (await readdir(import.meta.dirname, { recursive: true })).filter((file) =>
      file.endsWith(".json"),
    );
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const text = await readFile(join(import.meta.dirname, file), "utf8");
      const keys = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key);
      expect(keys.length, file).toBe(new Set(keys).size);
    }
  });

  it("has the same placeholders in both languages", () => {
    const different = Object.keys(en).filter(
      (key) => placeholders(en[key] ?? "").join() !== placeholders(swahili[key] ?? "").join(),
    );
    expect(different).toEqual([]);
  });

  it("leaves no text empty", () => {
    const empty = [...Object.entries(en), ...Object.entries(swahili)].filter(
      ([, text]) => text.trim() === "",
    );
    expect(empty).toEqual([]);
  });

  it("gives every plural text at least the forms one and other", () => {
    const bases = Object.keys(en).flatMap((key) => /^(.*)_(?:one|other)$/.exec(key)?.[1] ?? []);
    const lacking = bases.filter((base) => !(`${base}_one` in en) || !(`${base}_other` in en));
    expect(lacking).toEqual([]);
  });

  it("has words for every error code of the protocol", () => {
    const lacking = Object.keys(errorTable).filter((code) => !(`errors.${code}` in en));
    expect(lacking).toEqual([]);
  });
});
