/** What stands in a cell: a point in time is told in the table's time zone. */
export type Cell = string | number | Instant;

/** Epoch ms; null stands as an empty cell. */
export interface Instant {
  readonly atMs: number | null;
}

/** A sheet of cells below a row of headings. */
export interface Table {
  /** 1 to 31 characters, without []:*?/ and backslashes: what spreadsheets take as the name of a sheet. */
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * The time on a clock of that zone, as if it were UTC (epoch ms): spreadsheets know no zones, and take such a time as
 * it is told. Seconds are kept, what is less is not.
 */
export function makeLocalTime(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  // To format a time costs more than all the rest of a cell, and tables tell the same ones over and over.
  const known = new Map<number, number>();
  return (atMs) => {
    const local = known.get(atMs) ?? Date.parse(`${format.format(atMs).replace(" ", "T")}Z`);
    known.set(atMs, local);
    return local;
  };
}
