import { makeLogScale, type LogScale } from "./logScale.ts";

/** One bar. */
export interface PlotBar {
  readonly name: string;
  /** Above zero; null when there is none to show. */
  readonly value: number | null;
  /** Written behind the bar: the value and how it compares. */
  readonly label: string;
  /** Ours, or what all are measured by, stand out. */
  readonly kind: "own" | "base" | "other";
}

/** Bars of one question, over an axis that all panels of the same unit share. */
export interface PlotPanel {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly PlotBar[];
}

export interface PlotPlan {
  readonly title: string;
  readonly panels: readonly PlotPanel[];
  /** Lines below: the machine, the versions. */
  readonly caption: readonly string[];
}

const width = 1_000;
const margin = 24;
const columns = 2;
const panelWidth = (width - margin * (columns + 1)) / columns;
const namesWidth = 140;
const labelsWidth = 96;
const axisWidth = panelWidth - namesWidth - labelsWidth;
const barHeight = 16;
const barStep = 23;
const titleHeight = 64;
const captionStep = 17;

/** Colours for both grounds: a reader's browser chooses. */
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2937; }
  .title { font-size: 18px; font-weight: 600; }
  .panel { font-weight: 600; }
  .small { font-size: 11px; fill: #4b5563; }
  .own-name { font-weight: 700; }
  .ground { fill: #ffffff; }
  .grid { stroke: #d1d5db; stroke-width: 1; }
  .own { fill: #0f766e; }
  .base { fill: #6b7280; }
  .other { fill: #b6bdc8; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb; }
    .small { fill: #9ca3af; }
    .ground { fill: #0d1117; }
    .grid { stroke: #374151; }
    .own { fill: #2dd4bf; }
    .base { fill: #9ca3af; }
    .other { fill: #56606e; }
  }`;

/** An SVG picture of horizontal bars, panel beside panel, that needs nothing but itself. */
export function makePlot({ title, panels, caption }: PlotPlan): string {
  const scales = scalesByUnit(panels);
  const parts: string[] = [];
  let top = titleHeight;
  for (let first = 0; first < panels.length; first += columns) {
    const row = panels.slice(first, first + columns);
    row.forEach((panel, column) => {
      const scale = scales.get(panel.unit);
      const left = margin + column * (panelWidth + margin);
      if (scale) parts.push(drawPanel(panel, scale, { left, top }));
    });
    top += Math.max(...row.map(panelHeight)) + margin;
  }
  const height = top + caption.length * captionStep + margin / 2;
  caption.forEach((line, index) =>
    parts.push(text(line, { x: margin, y: top + index * captionStep, className: "small" })),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<style>${style}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    text(title, { x: margin, y: 34, className: "title" }),
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function scalesByUnit(panels: readonly PlotPanel[]): Map<string, LogScale> {
  const values = new Map<string, number[]>();
  for (const { unit, bars } of panels) {
    const known = bars.flatMap(({ value }) => (value !== null && value > 0 ? [value] : []));
    values.set(unit, [...(values.get(unit) ?? []), ...known]);
  }
  return new Map(
    [...values].flatMap(([unit, all]) =>
      all.length === 0 ? [] : [[unit, makeLogScale(all, axisWidth)] as const],
    ),
  );
}

function panelHeight({ bars }: PlotPanel): number {
  return 22 + bars.length * barStep + 34;
}

interface Place {
  readonly left: number;
  readonly top: number;
}

function drawPanel(panel: PlotPanel, scale: LogScale, { left, top }: Place): string {
  const axisLeft = left + namesWidth;
  const barsTop = top + 14;
  const bottom = barsTop + panel.bars.length * barStep;
  const grid = scale.ticks.flatMap((tick) => {
    const x = axisLeft + scale.place(tick);
    return [
      `<line class="grid" x1="${pixel(x)}" y1="${barsTop}" x2="${pixel(x)}" y2="${bottom}"/>`,
      text(tick.toLocaleString("en"), { x, y: bottom + 13, className: "small", anchor: "middle" }),
    ];
  });
  const unit = `${panel.unit} (logarithmic, less is better)`;
  return [
    text(panel.title, { x: left, y: top, className: "panel" }),
    ...grid,
    ...panel.bars.map((bar, index) =>
      drawBar(bar, scale, { left: axisLeft, top: barsTop + index * barStep + 3 }),
    ),
    text(unit, { x: left, y: bottom + 28, className: "small" }),
  ].join("\n");
}

function drawBar({ name, value, label, kind }: PlotBar, scale: LogScale, place: Place): string {
  const { left, top } = place;
  const length = value === null || value <= 0 ? 0 : Math.max(scale.place(value), 1);
  const y = top + 13;
  const nameClass = kind === "own" ? "own-name" : "";
  return [
    text(name, { x: left - 8, y, className: nameClass, anchor: "end" }),
    `<rect class="${kind}" x="${pixel(left)}" y="${top}" width="${pixel(length)}" height="${barHeight}" rx="2"/>`,
    text(label, { x: left + length + 6, y, className: "" }),
  ].join("\n");
}

interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly className: string;
  readonly anchor?: "middle" | "end";
}

function text(content: string, { x, y, className, anchor }: TextPlace): string {
  const classed = className === "" ? "" : ` class="${className}"`;
  const anchored = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
  return `<text x="${pixel(x)}" y="${pixel(y)}"${classed}${anchored}>${escapeXml(content)}</text>`;
}

function pixel(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escapeXml(content: string): string {
  return content.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
