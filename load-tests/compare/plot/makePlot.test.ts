import { expect, test } from "vitest";
import { makeLogScale } from "./logScale.ts";
import { makePlot, type PlotBar } from "./makePlot.ts";

const bar = (name: string, value: number | null, kind: PlotBar["kind"] = "other"): PlotBar => ({
  name,
  value,
  label: value === null ? "failed" : `${value} s`,
  kind,
});

const picture = makePlot({
  title: 'Cost of a "delivery"',
  panels: [
    { title: "1 room", unit: "CPU s", bars: [bar("ours & theirs", 4, "own"), bar("slow", 200)] },
    { title: "2 rooms", unit: "CPU s", bars: [bar("ours", 0.5, "own"), bar("gone", null)] },
    { title: "idle", unit: "bytes", bars: [bar("ours", 1_800, "base")] },
  ],
  caption: ["2 cores", "versions < others"],
});

test("every tag of the picture is closed, and what is written is escaped", () => {
  const open: string[] = [];
  for (const [, end, name = "", , selfClosed] of picture.matchAll(
    /<(\/?)([a-z]+)((?:\s[^<>]*?)?)(\/?)>/g,
  )) {
    if (end === "/") expect(open.pop()).toBe(name);
    else if (selfClosed !== "/") open.push(name);
  }
  expect(open).toEqual([]);
  expect(picture).toContain("ours &#38; theirs");
  expect(picture).toContain("versions &#60; others");
  expect(picture).toContain('aria-label="Cost of a &#34;delivery&#34;"');
});

test("bars of one unit share an axis, and end inside the picture with their labels", () => {
  const widths = [...picture.matchAll(/<rect class="(?:own|other|base)"[^>]* width="([\d.]+)"/g)];
  const [four = 0, twoHundred = 0, half = 0, gone = 0] = widths.map(([, width]) => Number(width));
  expect(half).toBeGreaterThan(0);
  expect(four).toBeGreaterThan(half);
  expect(twoHundred).toBeGreaterThan(four);
  expect(gone).toBe(0);
  // 0.1 to 1,000: each power of ten is as wide as any other.
  expect((twoHundred - four) / (four - half)).toBeCloseTo(Math.log10(50) / Math.log10(8), 1);
  for (const [, x] of picture.matchAll(/ x="([\d.]+)"/g)) expect(Number(x)).toBeLessThan(1_000);
});

test("it names its unit, its caption and both grounds", () => {
  expect(picture).toContain("CPU s (logarithmic, less is better)");
  expect(picture).toContain("2 cores");
  expect(picture).toContain("prefers-color-scheme: dark");
});

test("an axis reaches from the power of ten below to the one above", () => {
  const { ticks, place } = makeLogScale([0.25, 40], 300);
  expect(ticks).toEqual([0.1, 1, 10, 100]);
  expect(place(0.1)).toBeCloseTo(0);
  expect(place(10)).toBeCloseTo(200);
  expect(makeLogScale([10], 100).ticks).toEqual([10, 100]);
});
