import { worse, type MediaStatistics } from "./statistics.ts";

/** One entry of an `RTCStatsReport` (webrtc-stats), of which any field may be missing. */
type Entry = Readonly<Record<string, unknown>>;

/** The part of an `RTCStatsReport` that is read. */
export interface StatsReport {
  forEach(read: (entry: Entry) => void): void;
}

/** Reads the reports of one `RTCPeerConnection`, one after the other; loss is that since the one before. */
export interface ConnectionMeter {
  readonly read: (report: StatsReport) => MediaStatistics;
}

interface Packets {
  readonly received: number;
  readonly lost: number;
}

/** What one report says of the connection since it was opened. */
interface Reading {
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly roundTripMs: number | null;
  readonly sentLoss: number | null;
  readonly packets: Packets;
}

const noPackets: Packets = { received: 0, lost: 0 };

/** A meter that has read nothing yet. */
export function createConnectionMeter(): ConnectionMeter {
  let before = noPackets;
  return {
    read: (report) => {
      const { bytesSent, bytesReceived, roundTripMs, sentLoss, packets } = readAll(report);
      const lossFraction = worse(sentLoss, lossSince(before, packets));
      before = packets;
      return { bytesSent, bytesReceived, roundTripMs, lossFraction };
    },
  };
}

function readAll(report: StatsReport): Reading {
  const readings: Reading[] = [];
  report.forEach((entry) => readings.push(readEntry(entry)));
  return readings.reduce(add, nothing);
}

const nothing: Reading = {
  bytesSent: 0,
  bytesReceived: 0,
  roundTripMs: null,
  sentLoss: null,
  packets: noPackets,
};

function readEntry(entry: Entry): Reading {
  switch (entry["type"]) {
    case "candidate-pair":
      return {
        ...nothing,
        bytesSent: count(entry, "bytesSent"),
        bytesReceived: count(entry, "bytesReceived"),
        roundTripMs: roundTripOf(entry),
      };
    case "remote-inbound-rtp":
      return { ...nothing, sentLoss: fractionOf(entry) };
    case "inbound-rtp": {
      const received = count(entry, "packetsReceived");
      return { ...nothing, packets: { received, lost: count(entry, "packetsLost") } };
    }
    default:
      return nothing;
  }
}

function add(left: Reading, right: Reading): Reading {
  return {
    bytesSent: left.bytesSent + right.bytesSent,
    bytesReceived: left.bytesReceived + right.bytesReceived,
    roundTripMs: worse(left.roundTripMs, right.roundTripMs),
    sentLoss: worse(left.sentLoss, right.sentLoss),
    packets: {
      received: left.packets.received + right.packets.received,
      lost: left.packets.lost + right.packets.lost,
    },
  };
}

/** Late packets make the count of lost ones go down again: that is no loss. */
function lossSince(before: Packets, now: Packets): number | null {
  const received = now.received - before.received;
  const lost = Math.max(0, now.lost - before.lost);
  return received + lost <= 0 ? null : lost / (Math.max(0, received) + lost);
}

function roundTripOf(pair: Entry): number | null {
  const isUsed = pair["nominated"] === true && pair["state"] === "succeeded";
  const seconds = pair["currentRoundTripTime"];
  return isUsed && typeof seconds === "number" ? seconds * 1_000 : null;
}

function fractionOf(entry: Entry): number | null {
  const fraction = entry["fractionLost"];
  return typeof fraction === "number" ? Math.max(0, fraction) : null;
}

function count(entry: Entry, name: string): number {
  const value = entry[name];
  return typeof value === "number" ? value : 0;
}
