import { expect, test } from "vitest";
import { fileName } from "./fileName.ts";

const atMs = new Date(2026, 0, 9, 8).getTime();

test("a file is named by what it is, of what, and when", () => {
  const name = fileName(["mahudhurio", "Mathematics, Form 2"], { atMs, kind: "xlsx" });
  expect(name).toBe("mahudhurio-Mathematics, Form 2-2026-01-09.xlsx");
});

test("what no file may be called is left out", () => {
  expect(fileName(["term", undefined, 'A/B\\: "C"?\n'], { atMs, kind: "csv" })).toBe(
    "term-A B C-2026-01-09.csv",
  );
});
