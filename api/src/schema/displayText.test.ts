import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanDisplayText, displayTextSchema } from "./displayText.ts";

test("cleaning twice is cleaning once, and leaves nothing that deceives", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const clean = cleanDisplayText(text);
      expect(cleanDisplayText(clean)).toBe(clean);
      expect(clean).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      expect(clean.trim()).toBe(clean);
    }),
  );
});

test("what the schema lets pass the database takes: 1 to 60 code points", () => {
  const schema = displayTextSchema(60);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const parsed = schema.safeParse(text);
      const length = Array.from(parsed.data ?? "x").length;
      expect(length).toBeGreaterThanOrEqual(1);
      expect(length).toBeLessThanOrEqual(60);
    }),
  );
});

test.each([
  "\u200D",
  "\u3164",
  "\u115F \u1160",
  "\u2800",
  "\u00AD",
  "\uFE0F",
  "\u0301",
  "\u{E0041}",
])("%j is no name: nobody would see it", (text) =>
  expect(displayTextSchema(60).safeParse(text).success).toBe(false),
);

test.each(["Amina", "नेहा", "سارة", "O\u2019Neill", "👩\u200D🏫", "ⵣ"])("%s is one", (text) =>
  expect(displayTextSchema(60).parse(text)).toBe(text),
);
