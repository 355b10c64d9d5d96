import type { RosterRow } from "./roster.ts";

const byteOrderMark = "\uFEFF";
const columns = ["name", "email", "role", "room"] as const;

/**
 * The rows that could not be used, as a CSV that can be put right and imported again; `problemOf` tells in words what
 * is wrong with each, in a last column. A text that a spreadsheet would take for a formula is led by an apostrophe.
 */
export function encodeFailedRows(
  rows: readonly RosterRow[],
  problem: { readonly title: string; readonly of: (row: RosterRow) => string },
): string {
  const failed = rows.filter(({ outcome }) => outcome === "error");
  const table = [
    [...columns, problem.title],
    ...failed.map((row) => [...columns.map((column) => row[column]), problem.of(row)]),
  ];
  return byteOrderMark + table.map(encodeRow).join("");
}

function encodeRow(fields: readonly string[]): string {
  return `${fields.map((field) => `"${neutralize(field).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

function neutralize(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
