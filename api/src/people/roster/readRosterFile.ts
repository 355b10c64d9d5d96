import { CsvError, parse } from "csv-parse/sync";
import type { z } from "@hono/zod-openapi";
import { maxRosterRows, type RosterColumn, type rosterFaultSchema } from "./roster.ts";
import { columnOf } from "./rosterWords.ts";

/** Why nothing of a file can be used. */
export type RosterFault = z.infer<typeof rosterFaultSchema>;

/** One row of a file as it stands there, without spaces around; what the file has no column for is empty. */
export interface RosterFileRow extends Readonly<Record<RosterColumn, string>> {
  /** Line of the file where the row begins, from 1. */
  readonly line: number;
}

type RosterFile =
  | { readonly fault: RosterFault }
  | { readonly fault: null; readonly rows: readonly RosterFileRow[] };

interface CsvRecord {
  readonly record: readonly string[];
  readonly line: number;
}

/**
 * The rows of a roster: comma, semicolon or tab between the columns, in any order, named in English or Swahili;
 * with or without quotes and byte order mark. Every cell is only text, whatever a spreadsheet would make of it.
 */
export function readRosterFile(csv: string): RosterFile {
  const records = splitRecords(csv);
  if (!records) return { fault: "unreadable" };
  const [header, ...body] = records;
  if (!header || body.length === 0) return { fault: "empty" };
  if (body.length > maxRosterRows) return { fault: "too_many_rows" };
  const places = findColumns(header.record);
  if (!places.has("name") || !places.has("email")) return { fault: "missing_columns" };
  return { fault: null, rows: body.map((record) => rowOf(record, places)) };
}

/** All records that are not empty, or null when quotes do not close. */
function splitRecords(csv: string): CsvRecord[] | null {
  let line = 1;
  try {
    const parsed: unknown = parse(csv, {
      bom: true,
      delimiter: separatorOf(csv),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
    return (parsed as { record: string[]; info: { lines: number } }[])
      .map(({ record, info }) => {
        // The parser tells on which line a record ends.
        const begins = line;
        line = info.lines + 1;
        return { record, line: begins };
      })
      .filter(({ record }) => record.some((cell) => cell !== ""));
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

/** What stands most often between the names of the columns. */
function separatorOf(csv: string): string {
  const [header = ""] = csv.split(/[\r\n]/, 1);
  const separators = [",", ";", "\t"].map((separator) => ({
    separator,
    count: header.split(separator).length,
  }));
  return separators.reduce((best, next) => (next.count > best.count ? next : best)).separator;
}

function findColumns(header: readonly string[]): ReadonlyMap<RosterColumn, number> {
  const places = new Map<RosterColumn, number>();
  header.forEach((title, index) => {
    const column = columnOf(title);
    if (column && !places.has(column)) places.set(column, index);
  });
  return places;
}

function rowOf(
  { record, line }: CsvRecord,
  places: ReadonlyMap<RosterColumn, number>,
): RosterFileRow {
  const cell = (column: RosterColumn) => record[places.get(column) ?? -1] ?? "";
  return {
    line,
    name: cell("name"),
    email: cell("email"),
    role: cell("role"),
    room: cell("room"),
  };
}
