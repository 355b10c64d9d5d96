import { expect, test } from "vitest";
import { cases } from "./cases.ts";
import { figuresOf, rowOf, type Figures } from "./figures.ts";
import type { Run } from "./measure.ts";
import { makeTable } from "./table.ts";

const connected = {
  phase: "connected",
  connections: 100,
  seconds: 0.1,
  perSecond: 1_000,
  joinP50Ms: 1,
  joinP99Ms: 2,
  errors: 0,
  firstErrors: null,
} as const;
const run: Run = {
  connected,
  end: {
    ...{ phase: "end", connections: 100, seconds: 2, messages: 5_000, deliveries: 500_000 },
    ...{ p50Ms: 0.3, p99Ms: 0.9, maxMs: 4, lost: 0, bytes: 60_000_000, frames: 250_000 },
    ...{ generatorCpuSeconds: 1, errors: 0, firstErrors: null },
  },
  ...{ cpuSeconds: 1.9, cpuSecondsBeside: 0.1, connectCpuSeconds: 0.01 },
  ...{ connectCpuSecondsBeside: 0.02, residentBytesBefore: 50_000_000, residentBytes: 50_180_000 },
};

const [delivery] = cases;
if (!delivery) throw new Error("There is no case");
const idle = { ...delivery, measure: "connection" } as const;

test("a delivery costs what the server used over what was seen, however it was packed", () => {
  const figures = figuresOf(delivery, run);
  expect(figures.cpuSecondsPerMillion).toBeCloseTo(3.8);
  expect(figures.besideSecondsPerMillion).toBeCloseTo(0.2);
  expect(figures.deliveriesPerSecond).toBe(250_000);
  expect(figures.messagesPerSecond).toBe(2_500);
  expect(figures.messagesPerFrame).toBe(2);
  expect(figures.bytesPerDelivery).toBe(120);
  expect(figures.residentBytesPerConnection).toBeNull();
});

test("a connection costs what was added, over those that were wanted", () => {
  const figures = figuresOf(idle, run);
  expect(figures.residentBytesPerConnection).toBe(1_800);
  expect(figures.cpuMicrosecondsPerConnect).toBeCloseTo(100);
  expect(figures.besideMicrosecondsPerConnect).toBeCloseTo(200);
  expect(figures.cpuSecondsPerMillion).toBeNull();
});

test("who did not connect is an error, even when the generator counted none", () => {
  const short = { ...run, connected: { ...connected, connections: 90 } };
  expect(figuresOf(delivery, short).errors).toBe(10);
});

test("a run that delivered nothing has no cost, instead of none at all", () => {
  const figures = figuresOf(delivery, { ...run, end: { ...run.end, deliveries: 0 } });
  expect(figures.cpuSecondsPerMillion).toBeNull();
});

test("a row has medians, ratios of the same round, and all errors of all rounds", () => {
  const of = (cpuSeconds: number, lost = 0): Figures =>
    figuresOf(delivery, { ...run, cpuSeconds, end: { ...run.end, lost } });
  const row = rowOf(
    delivery,
    { name: "x", title: "X" },
    { own: [of(2, 1), null, of(8, 2)], base: [of(1), of(1), of(2)] },
  );
  expect(row.medians.cpuSecondsPerMillion).toBeCloseTo(10);
  expect(row.ratio).toEqual({ median: 3, least: 2, most: 4 });
  expect(row.medians.lost).toBe(3);
  const table = makeTable({ ...delivery, rows: [row] });
  expect(table).toContain("3.00 (2.00–4.00)");
  expect(table).toContain("3, 0");
  const widths = new Set(table.split("\n").map((line) => line.length));
  expect(widths.size).toBe(1);
});
