import { compared, type Row } from "../figures.ts";
import { round, type CaseResult } from "../table.ts";
import type { PlotBar, PlotPanel, PlotPlan } from "./makePlot.ts";

/** What the picture shows of the table. */
const shown = ["100", "1000", "200x5", "100-w8", "100-hot", "idle"];

const units = {
  delivery: "server CPU seconds per million deliveries",
  connection: "bytes of memory per connection",
};

/** The plan of the picture for these results. */
export function plotOf(results: readonly CaseResult[], caption: readonly string[]): PlotPlan {
  return {
    title: "What a delivery and a connection cost, beside the peers",
    panels: results.filter(({ name }) => shown.includes(name)).map(panelOf),
    caption: ["× is the median of ratios to raw uWebSockets.js in the same round.", ...caption],
  };
}

function panelOf({ title, measure, rows }: CaseResult): PlotPanel {
  return { title, unit: units[measure], bars: rows.map((row) => barOf(measure, row)) };
}

function barOf(measure: CaseResult["measure"], row: Row): PlotBar {
  const value = compared(measure, row.medians);
  const ratio = row.ratio === null ? "" : ` (${round(row.ratio.median)} ×)`;
  const written =
    measure === "connection" ? Math.round(value ?? 0).toLocaleString("en") : round(value);
  return {
    name: row.title,
    value,
    label: value === null ? "failed" : `${written}${ratio}`,
    kind: kindOf(row.server),
  };
}

function kindOf(server: string): PlotBar["kind"] {
  if (server === "uws") return "base";
  return server.startsWith("darasa") ? "own" : "other";
}
