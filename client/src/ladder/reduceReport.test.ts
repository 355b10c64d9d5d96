import { describe, expect, test } from "vitest";
import type { Line } from "./judgeLine.ts";
import { isReportDue, nextQuality, reportEveryMs, type Reported } from "./reduceReport.ts";

const last: Reported = { atMs: 100_000, mode: "full", quality: "good" };
const due = (change: Partial<Reported>, afterMs: number) =>
  isReportDue(last, { ...last, ...change, atMs: last.atMs + afterMs });

describe("a report", () => {
  test("[Q1] is due at first, at another mode, and every 30 s", () => {
    expect(isReportDue(null, last)).toBe(true);
    expect(due({ mode: "audio" }, 10)).toBe(true);
    expect(due({}, reportEveryMs - 1)).toBe(false);
    expect(due({}, reportEveryMs)).toBe(true);
  });

  test("[Q1] is due at another quality, but not at each flicker of it", () => {
    expect(due({ quality: "poor" }, 2_000)).toBe(false);
    expect(due({ quality: "poor" }, 4_000)).toBe(true);
  });
});

const atMs = 10_000;
const line = (...losses: number[]): Line =>
  losses.map((lossFraction, index) => ({
    atMs: 2_000 * (index + 1),
    roundTripMs: null,
    lossFraction,
  }));

describe("a quality", () => {
  test("is poor on a thin line, and until nothing is wrong any more", () => {
    const thin = { line: line(0.2, 0.2, 0.2, 0.2, 0.2), isLost: false, atMs };
    expect(nextQuality("good", thin)).toBe("poor");
    const better = { line: line(0, 0, 0, 0, 0.2), isLost: false, atMs };
    expect(nextQuality("poor", better)).toBe("poor");
    expect(nextQuality("good", better)).toBe("good");
    expect(nextQuality("poor", { ...better, line: line(0, 0, 0, 0, 0) })).toBe("good");
  });

  test("is lost while nothing comes through", () => {
    expect(nextQuality("good", { line: [], isLost: true, atMs })).toBe("lost");
  });
});
