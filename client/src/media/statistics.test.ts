import { describe, expect, it } from "vitest";
import { addPaths, addStatistics, costOf, noStatistics } from "./statistics.ts";

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

  it("of ways to several people are as good as the best: the others' lines are not one's own", () => {
    const weak = { bytesSent: 10, bytesReceived: 20, roundTripMs: 900, lossFraction: 0.3 };
    const sum = { bytesSent: 11, bytesReceived: 22 };
    expect(addPaths(weak, line)).toEqual({ ...line, ...sum });
    expect(addPaths(noStatistics, weak)).toEqual(weak);
  });

  it("of a closed connection keep what it cost, and not how it was", () => {
    expect(costOf(line)).toEqual({ ...noStatistics, bytesSent: 1, bytesReceived: 2 });
  });
});
