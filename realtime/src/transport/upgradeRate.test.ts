import { expect, test } from "vitest";
import { createUpgradeRate } from "./upgradeRate.ts";

function make(maxAddresses = 100) {
  const clock = { ms: 0 };
  const rate = createUpgradeRate({ perSecond: 10, burst: 20, maxAddresses }, () => clock.ms);
  const takeAll = (address: string): number => {
    let taken = 0;
    while (rate.take(address)) taken += 1;
    return taken;
  };
  return { clock, rate, takeAll };
}

test("[L5] an address has a burst, and then so many a second", () => {
  const { clock, takeAll } = make();
  expect(takeAll("198.51.100.1")).toBe(20);
  clock.ms += 500;
  expect(takeAll("198.51.100.1")).toBe(5);
  clock.ms += 60_000;
  expect(takeAll("198.51.100.1")).toBe(20);
});

test("[L5] one address takes nothing of another; a household's IPv6 addresses are one", () => {
  const { takeAll } = make();
  expect(takeAll("198.51.100.1")).toBe(20);
  expect(takeAll("198.51.100.2")).toBe(20);
  expect(takeAll("2001:db8::1")).toBe(20);
  expect(takeAll("2001:db8::2")).toBe(0);
  expect(takeAll("2001:db8:0:1::2")).toBe(20);
});

test("the table is bounded: strangers beyond it share one bucket, and those it knows keep theirs", () => {
  const { clock, rate, takeAll } = make(3);
  for (const last of [1, 2, 3]) expect(rate.take(`198.51.100.${String(last)}`)).toBe(true);
  expect(takeAll("203.0.113.1")).toBe(20);
  expect(takeAll("203.0.113.2")).toBe(0);
  expect(takeAll("198.51.100.1")).toBe(19);
  expect(rate.size).toBe(4);
  clock.ms += 3_000;
  expect(takeAll("203.0.113.2")).toBe(20);
  expect(rate.size).toBeLessThanOrEqual(4);
});
