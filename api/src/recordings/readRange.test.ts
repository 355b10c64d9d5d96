import { expect, test } from "vitest";
import { readRange } from "./readRange.ts";

test.each([
  [undefined, "whole"],
  ["bytes=0-", { start: 0, end: 99 }],
  ["bytes=10-19", { start: 10, end: 19 }],
  ["bytes=90-500", { start: 90, end: 99 }],
  ["bytes=-5", { start: 95, end: 99 }],
  ["bytes=-500", { start: 0, end: 99 }],
  ["bytes=100-", "outside"],
  ["bytes=-0", "outside"],
  // What makes no sense is as if it were not there.
  ["bytes=20-10", "whole"],
  ["bytes=0-1,5-6", "whole"],
  ["pages=1-2", "whole"],
  ["bytes=-", "whole"],
])("of 100 bytes, %s is %j", (header, range) => {
  expect(readRange(header, 100)).toEqual(range);
});

test("an empty file has no part", () => {
  expect([readRange("bytes=0-", 0), readRange(undefined, 0)]).toEqual(["outside", "whole"]);
});
