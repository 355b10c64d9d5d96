import writeXlsxFile, { type Cell as SheetCell } from "write-excel-file/node";
import { makeLocalTime, type Cell, type Table } from "./table.ts";

/** What spreadsheets hold in one cell, ECMA-376 §18.3.1.4 as Excel limits it. */
const maxCellCharacters = 32_767;

/**
 * A workbook (Office Open XML) with a sheet for each table; times are local to `timeZone`. Texts are cells of the kind text:
 * none is ever a formula. @throws RangeError for a name that no sheet can have
 */
export async function encodeXlsx(
  tables: readonly Table[],
  timeZone: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const localTime = makeLocalTime(timeZone);
  const show = (cell: Cell): SheetCell => {
    if (typeof cell === "string") {
      return { type: String, value: cell.slice(0, maxCellCharacters) };
    }
    if (typeof cell === "number") return { type: Number, value: cell };
    if (cell.atMs === null) return null;
    return { type: Date, value: new Date(localTime(cell.atMs)), format: "yyyy-mm-dd hh:mm" };
  };
  const sheets = tables.map(({ name, header, rows }) => ({
    sheet: name,
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
    columns: header.map((heading, place) => ({
      width: place === 0 ? 28 : Math.min(Math.max(heading.length + 2, 12), 32),
    })),
    data: [
      header.map((value) => ({ type: String, value, fontWeight: "bold" as const })),
      ...rows.map((row) => row.map(show)),
    ],
  }));
  return Uint8Array.from(await writeXlsxFile(sheets).toBuffer());
}
