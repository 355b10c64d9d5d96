import { encodeCsv } from "./encodeCsv.ts";
import { makeLocalTime, type Cell, type Table } from "./table.ts";

/** The table as CSV that spreadsheets open right (`encodeCsv`); times are local to `timeZone`. */
export function encodeTable({ header, rows }: Table, timeZone: string): string {
  const localTime = makeLocalTime(timeZone);
  /** `2026-01-31 08:05:00`: what spreadsheets of every language read as a time. */
  const show = (cell: Cell): string => {
    if (typeof cell === "string") return cell;
    if (typeof cell === "number") return String(cell);
    if (cell.atMs === null) return "";
    return new Date(localTime(cell.atMs)).toISOString().slice(0, 19).replace("T", " ");
  };
  return encodeCsv([header, ...rows.map((row) => row.map(show))]);
}
