import { closeReasons, type CommandType, type ErrorCode } from "@darasa/protocol";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CommandObserver } from "./dispatch/dispatch.ts";
import type { BusCounts, NodeBus } from "./nodes/nodeBus.ts";
import type { TransportObserver } from "./transport/transport.ts";

/** What is read when the figures are asked for. */
export interface MetricSources {
  sessions(): number;
  rooms(): number;
  attendanceWaiting(): number;
  attendanceDropped(): number;
  boardConnections(): number;
  boardDocuments(): number;
  boardUnstoredBytes(): number;
  bus(): Pick<NodeBus, "isConnected" | "counts">;
}

/** The figures of one gateway. */
export interface Metrics {
  readonly transport: TransportObserver;
  readonly commands: CommandObserver;
  /** All of them, as Prometheus reads them. */
  text(): Promise<string>;
  readonly contentType: string;
}

const closeNames = new Map<number, string>(
  Object.entries(closeReasons).map(([name, { code }]) => [code, name]),
);

/** Counts what happens, and reads the rest when asked. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // The event loop's lag is among them.
  collectDefaultMetrics({ register: registry });
  addGauges(registry, sources);
  addBusCounters(registry, sources);
  const sockets = new Gauge({
    name: "darasa_sockets",
    help: "Open WebSockets, those of strangers too",
    registers,
  });
  const closes = new Counter({
    name: "darasa_closes_total",
    help: "Closed WebSockets by cause",
    labelNames: ["cause"],
    registers,
  });
  const upgradesRefused = new Counter({
    name: "darasa_upgrades_refused_total",
    help: "Refused upgrades by HTTP status",
    labelNames: ["status"],
    registers,
  });
  return {
    transport: {
      opened: () => sockets.inc(),
      closed(code) {
        sockets.dec();
        closes.inc({ cause: closeNames.get(code) ?? "peer" });
      },
      refused: (status) => upgradesRefused.inc({ status }),
    },
    commands: createCommandObserver(registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function createCommandObserver(registry: Registry): CommandObserver {
  const registers = [registry];
  const seconds = new Histogram({
    name: "darasa_ack_seconds",
    help: "From a command to its ack; the count of sendMessage is that of stored messages",
    labelNames: ["command"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 3],
    registers,
  });
  const refused = new Counter({
    name: "darasa_refusals_total",
    help: "Refused commands by code",
    labelNames: ["code"],
    registers,
  });
  return {
    acked: (command: CommandType, tookMs: number) => seconds.observe({ command }, tookMs / 1_000),
    refused: (code: ErrorCode) => refused.inc({ code }),
  };
}

/** Counted by the bus itself, and read when asked. */
function addBusCounters(registry: Registry, sources: MetricSources): void {
  const counters: [what: keyof BusCounts, help: string][] = [
    ["said", "What this node told the others"],
    ["heard", "What others told this node"],
    ["lost", "What this node told nobody, because Redis was away or slow"],
  ];
  for (const [what, help] of counters) {
    new Counter({
      name: `darasa_notices_${what}_total`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(sources.bus().counts[what]);
      },
    });
  }
}

function addGauges(registry: Registry, sources: MetricSources): void {
  const gauges: [name: string, help: string, read: () => number][] = [
    ["darasa_sessions", "Sessions that have said hello", () => sources.sessions()],
    ["darasa_rooms", "Rooms in memory", () => sources.rooms()],
    [
      "darasa_nodes_connected",
      "1 while this node hears the others through Redis",
      () => Number(sources.bus().isConnected),
    ],
    ["darasa_attendance_waiting", "Attendance rows to write", () => sources.attendanceWaiting()],
    ["darasa_attendance_dropped", "Attendance rows given up", () => sources.attendanceDropped()],
    ["darasa_board_connections", "Open board connections", () => sources.boardConnections()],
    ["darasa_board_documents", "Boards in memory", () => sources.boardDocuments()],
    [
      "darasa_board_unstored_bytes",
      "Board updates that are synced and not yet stored",
      () => sources.boardUnstoredBytes(),
    ],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
}
