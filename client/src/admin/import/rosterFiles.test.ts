import { describe, expect, it } from "vitest";
import { decodeRosterFile } from "./decodeRosterFile.ts";
import { encodeFailedRows } from "./encodeFailedRows.ts";
import type { RosterRow } from "./roster.ts";

describe("the text of a roster's file", () => {
  const text = "jina,barua pepe\nZoë,zoe@home.example";

  it.each([
    ["UTF-8", new TextEncoder().encode(text)],
    ["Windows-1252", Uint8Array.from(text, (letter) => letter.charCodeAt(0))],
    [
      "UTF-16 with its mark",
      new Uint8Array(Uint16Array.from(`\uFEFF${text}`, (letter) => letter.charCodeAt(0)).buffer),
    ],
  ])("is read from %s", (_, bytes) => {
    expect(decodeRosterFile(bytes)).toBe(text);
  });
});

describe("the rows that failed", () => {
  const row = (name: string, outcome: RosterRow["outcome"]): RosterRow => ({
    line: 2,
    name,
    email: "a@b",
    role: "",
    room: "",
    outcome,
    error: null,
  });

  it("are the only ones in the file, with what is wrong, and no cell is a formula", () => {
    const rows = [row("Good", "new"), row('=1+1 "x"', "error")];
    const csv = encodeFailedRows(rows, { title: "problem", of: () => "no such room" });
    expect(csv.split("\r\n")).toEqual([
      '\uFEFF"name","email","role","room","problem"',
      `"'=1+1 ""x""","a@b","","","no such room"`,
      "",
    ]);
  });
});
