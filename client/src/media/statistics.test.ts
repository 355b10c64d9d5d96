import { describe, expect, it } from "vitest";
import { addStatistics, costOf, noStatistics } from "./statistics.ts";

const line = { bytesSent: 1, bytesReceived: 2, roundTripMs: 80, lossFraction: 0.1 };

describe("statistics", () => {
  it("add up in bytes, and are as good as the worse line", () => {
    const other = { bytesSent: 10, bytesReceived: 20, roundTripMs: 30, lossFraction: 0.2 };
    expect(addStatistics(line, other)).toEqual({
      bytesSent: 11,
      bytesReceived: 22,
      roundTripMs: 80,
      lossFraction: 0.2,
    });
    expect(addStatistics(noStatistics, line)).toEqual(line);
  });

  it("of a closed connection keep what it cost, and not how it was", () => {
    expect(costOf(line)).toEqual({ ...noStatistics, bytesSent: 1, bytesReceived: 2 });
  });
});
