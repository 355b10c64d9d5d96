import { closeReasons, type CommandType, type ErrorCode, type Result } from "@darasa/protocol";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CommandObserver } from "./dispatch/dispatch.ts";
import { addSources, type MetricSources } from "./metricSources.ts";
import type { TicketClaims } from "./session/readTicket.ts";
import type { RedeemTicket } from "./session/redeemTicket.ts";
import type { TransportObserver } from "./transport/transport.ts";

/** The figures of one gateway. */
export interface Metrics {
  readonly transport: TransportObserver;
  readonly commands: CommandObserver;
  /** The same doors, counted. */
  countTickets(redeem: RedeemTicket): RedeemTicket;
  /** Reads these too whenever the figures are asked for. */
  watch(sources: MetricSources): void;
  /** All of them, as Prometheus reads them. */
  text(): Promise<string>;
  readonly contentType: string;
}

const closeNames = new Map<number, string>(
  Object.entries(closeReasons).map(([name, { code }]) => [code, name]),
);

/** Counts what happens, and reads the rest when asked. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  // The event loop's lag and the memory are among them.
  collectDefaultMetrics({ register: registry });
  return {
    transport: createTransportObserver(registry),
    commands: createCommandObserver(registry),
    countTickets: createTicketCounter(registry),
    watch: (sources) => addSources(registry, sources),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function createTransportObserver(registry: Registry): TransportObserver {
  const registers = [registry];
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
  const refused = new Counter({
    name: "darasa_upgrades_refused_total",
    help: "Refused upgrades by reason",
    labelNames: ["reason"],
    registers,
  });
  return {
    opened: () => sockets.inc(),
    closed(code) {
      sockets.dec();
      closes.inc({ cause: closeNames.get(code) ?? "peer" });
    },
    refused: (_status, reason) => refused.inc({ reason }),
  };
}

function createTicketCounter(registry: Registry): (redeem: RedeemTicket) => RedeemTicket {
  const tickets = new Counter({
    name: "darasa_tickets_total",
    help: "Tickets by the door they were brought to, their kind and what became of them",
    labelNames: ["door", "kind", "outcome"],
    registers: [registry],
  });
  return (redeem) => (ticket, door) => {
    const count = <Claims extends TicketClaims>(redeemed: Result<Claims>): Result<Claims> => {
      const kind = redeemed.ok ? redeemed.value.aud : "unknown";
      tickets.inc({ door, kind, outcome: redeemed.ok ? "redeemed" : redeemed.error });
      return redeemed;
    };
    const redeemed = redeem(ticket, door);
    return redeemed instanceof Promise ? redeemed.then(count) : count(redeemed);
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
