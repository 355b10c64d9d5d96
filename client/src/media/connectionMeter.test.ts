import { describe, expect, it } from "vitest";
import { createConnectionMeter, type StatsReport } from "./connectionMeter.ts";

const reportOf = (...entries: Record<string, unknown>[]): StatsReport => ({
  forEach: (read) => entries.forEach((entry) => read(entry)),
});

const pair = (bytesSent: number, bytesReceived: number, roundTripSeconds?: number) => ({
  type: "candidate-pair",
  nominated: roundTripSeconds !== undefined,
  state: "succeeded",
  bytesSent,
  bytesReceived,
  currentRoundTripTime: roundTripSeconds,
});
const inbound = (packetsReceived: number, packetsLost: number) => ({
  type: "inbound-rtp",
  packetsReceived,
  packetsLost,
});

describe("createConnectionMeter", () => {
  it("counts the bytes of all paths, and the round trip of the one that is used", () => {
    const read = createConnectionMeter().read(reportOf(pair(10, 20), pair(100, 200, 0.045)));
    expect(read).toEqual({
      bytesSent: 110,
      bytesReceived: 220,
      roundTripMs: 45,
      lossFraction: null,
    });
  });

  it("tells what was lost since it was asked last, not since ever", () => {
    const meter = createConnectionMeter();
    expect(meter.read(reportOf(inbound(60, 20), inbound(20, 0))).lossFraction).toBe(0.2);
    expect(meter.read(reportOf(inbound(160, 20), inbound(20, 0))).lossFraction).toBe(0);
    expect(meter.read(reportOf(inbound(160, 20), inbound(20, 0))).lossFraction).toBeNull();
  });

  it("calls packets that came late after all no loss", () => {
    const meter = createConnectionMeter();
    meter.read(reportOf(inbound(80, 20)));
    expect(meter.read(reportOf(inbound(100, 10))).lossFraction).toBe(0);
  });

  it("goes by the worse direction", () => {
    const sent = { type: "remote-inbound-rtp", fractionLost: 0.3 };
    expect(createConnectionMeter().read(reportOf(inbound(90, 10), sent)).lossFraction).toBe(0.3);
  });
});
