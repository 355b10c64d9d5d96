import type { Case } from "./cases.ts";
import type { Row } from "./figures.ts";

/** The answers of all servers to one case. */
export interface CaseResult extends Pick<Case, "name" | "title" | "measure" | "shape"> {
  readonly rows: readonly Row[];
}

type Column = readonly [title: string, cell: (row: Row) => string];

const ratio: Column = [
  "raw uWS = 1",
  ({ ratio: found }) =>
    found === null ? "–" : `${round(found.median)} (${round(found.least)}–${round(found.most)})`,
];
const trouble: Column = [
  "lost, errors",
  ({ medians }) =>
    medians.lost + medians.errors === 0 ? "0" : `${medians.lost}, ${medians.errors}`,
];

const columns: Record<Case["measure"], readonly Column[]> = {
  delivery: [
    ["CPU s per million", ({ medians }) => round(medians.cpuSecondsPerMillion)],
    ratio,
    ["beside it", ({ medians }) => round(medians.besideSecondsPerMillion || null)],
    ["deliveries/s", ({ medians }) => thousands(medians.deliveriesPerSecond)],
    ["messages/s", ({ medians }) => thousands(medians.messagesPerSecond)],
    ["p50 ms", ({ medians }) => round(medians.p50Ms)],
    ["p99 ms", ({ medians }) => round(medians.p99Ms)],
    ["bytes each", ({ medians }) => thousands(medians.bytesPerDelivery)],
    trouble,
  ],
  connection: [
    ["bytes per connection", ({ medians }) => thousands(medians.residentBytesPerConnection)],
    ratio,
    ["connects/s", ({ medians }) => thousands(medians.connectsPerSecond)],
    ["CPU µs per connect", ({ medians }) => thousands(medians.cpuMicrosecondsPerConnect)],
    ["beside it", ({ medians }) => thousands(medians.besideMicrosecondsPerConnect || null)],
    ["join p99 ms", ({ medians }) => round(medians.joinP99Ms)],
    ["idle CPU %", ({ medians }) => round(medians.idleCpuPercent)],
    trouble,
  ],
};

/** One case as a Markdown table, which can be read at a terminal too. */
export function makeTable({ measure, rows }: CaseResult): string {
  const used = columns[measure];
  return alignTable([
    ["", ...used.map(([title]) => title)],
    ...rows.map((row) => [row.title, ...used.map(([, cell]) => cell(row))]),
  ]);
}

/** Cells as a Markdown table: the first line is its head, the first column says what a line is of. */
export function alignTable(cells: readonly (readonly string[])[]): string {
  const [, ...figures] = cells[0] ?? [];
  const widths = figures.map((_unused, index) =>
    Math.max(...cells.map((line) => width(line, index + 1))),
  );
  const first = Math.max(...cells.map((line) => width(line, 0)));
  const lines = cells.map(
    ([name = "", ...rest]) =>
      `| ${[name.padEnd(first), ...rest.map((cell, index) => cell.padStart(widths[index] ?? 0))].join(" | ")} |`,
  );
  const rule = `| ${["-".repeat(first), ...widths.map((each) => `${"-".repeat(each - 1)}:`)].join(" | ")} |`;
  return [lines[0] ?? "", rule, ...lines.slice(1)].join("\n");
}

function width(line: readonly string[], index: number): number {
  return line[index]?.length ?? 0;
}

/** As many digits as mean something. */
export function round(value: number | null): string {
  if (value === null || Number.isNaN(value)) return "–";
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 20 ? 1 : 2);
}

function thousands(value: number | null): string {
  if (value === null || Number.isNaN(value)) return "–";
  return Math.round(value).toLocaleString("en");
}
