import { limits } from "@darasa/protocol";
import { expect, test } from "vitest";
import { FaultCounter } from "./faultCounter.ts";

test("[E3] the limit within a minute passes, one more does not", () => {
  const faults = new FaultCounter();
  for (let fault = 0; fault < limits.maxFaultsPerMinute; fault += 1) {
    expect(faults.isTooMany(fault)).toBe(false);
  }
  expect(faults.isTooMany(59_999)).toBe(true);
});

test("[E3] faults that are spread over more than a minute never add up", () => {
  const faults = new FaultCounter();
  for (let fault = 0; fault < 100; fault += 1) expect(faults.isTooMany(fault * 6_000)).toBe(false);
});
