import { expect, test } from "vitest";
import { parseStat, treeResidentBytes, treeSeconds } from "./processCost.ts";

test("a line of /proc is read past names with brackets and spaces", () => {
  const line =
    "4242 (node (main) x) S 17 4242 1 0 -1 4194304 9 0 0 0 250 30 12 8 20 0 11 0 99 1 2 3";
  expect(parseStat(line)).toEqual({ pid: 4242, parent: 17, ticks: 300 });
});

test("this process costs something, and one that is not there costs nothing", () => {
  expect(treeSeconds([process.pid])).toBeGreaterThan(0);
  expect(treeResidentBytes([process.pid])).toBeGreaterThan(10_000_000);
  expect(treeSeconds([0x7fff_fff0])).toBe(0);
});
