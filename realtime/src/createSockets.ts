import { limits, subprotocol } from "@darasa/protocol";
import type { BoardServer } from "./board/boardServer.ts";
import { boardRouteLimits } from "./board/boardSettings.ts";
import type { Domains } from "./createDomains.ts";
import { createDispatcher, type Dispatcher } from "./dispatch/dispatch.ts";
import { createPages } from "./http/pages.ts";
import { scaleStrangerLimits, scaleUpgradeRate } from "./limitsScale.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { Deadlines } from "./session/deadlines.ts";
import { rateGroupOf, type RateLimiter } from "./session/rateLimit.ts";
import { errorFrame, SessionListener, type SessionParts } from "./session/session.ts";
import type { Timings } from "./timings.ts";
import type { TrustedProxies } from "./transport/remoteAddress.ts";
import { createStrangers, type StrangerLimits } from "./transport/strangers.ts";
import type { Route, Transport } from "./transport/transport.ts";
import type { TransportOptions } from "./transport/transportOptions.ts";
import { createUpgradeRate, upgradeRateLimits } from "./transport/upgradeRate.ts";

/** What carries and begins what people send. */
interface SocketParts extends Pick<SessionParts, "redeemTicket" | "signResumeTicket" | "renewal"> {
  readonly settings: {
    readonly publicOrigin: string | null;
    readonly trustedProxies: TrustedProxies;
    readonly limitsScale: number;
    readonly metricsToken: string | null;
  };
  readonly surroundings: {
    readonly log: Log;
    readonly now: () => number;
    readonly uptimeMs: () => number;
    readonly newId: () => string;
    readonly timings: Timings;
    readonly strangerLimits: StrangerLimits;
    readonly createTransport: (options: TransportOptions) => Transport;
  };
  readonly database: { ping(): Promise<void> };
  readonly sessions: SessionParts["registry"];
  readonly signIns: { came: SessionParts["came"] };
  readonly domains: Pick<Domains, "handlers" | "departures">;
  readonly boards: Pick<BoardServer, "handler">;
  readonly limiter: RateLimiter;
  readonly metrics: Metrics;
  /** False once the process was asked to end. */
  readonly isAccepting: () => boolean;
}

/** The sockets, and what begins the commands that come by them. */
export interface Sockets {
  readonly transport: Transport;
  readonly dispatcher: Dispatcher;
}

/** Wires the spine: transport, session, dispatch. */
export function createSockets(parts: SocketParts): Sockets {
  const { settings, surroundings, metrics, database, isAccepting } = parts;
  const dispatcher = createCommands(parts);
  const transport = surroundings.createTransport({
    routes: createRoutes(parts, dispatcher),
    policy: createPolicy(parts),
    maxStallMs: surroundings.timings.maxStallMs,
    pingAfterMs: surroundings.timings.pingAfterMs,
    observer: metrics.transport,
    pages: createPages({
      isAccepting,
      ping: () => database.ping(),
      metrics,
      metricsToken: settings.metricsToken,
    }),
  });
  return { transport, dispatcher };
}

function createCommands({ surroundings, domains, metrics, limiter }: SocketParts): Dispatcher {
  const { log, uptimeMs } = surroundings;
  return createDispatcher({
    handlers: domains.handlers,
    takeToken: (session, type) => limiter.take(session.identity.participantId, rateGroupOf(type)),
    observer: metrics.commands,
    log,
    now: uptimeMs,
  });
}

function createRoutes(parts: SocketParts, dispatcher: Dispatcher): Route[] {
  const { redeemTicket, signResumeTicket, renewal, sessions, domains, surroundings } = parts;
  const { now, uptimeMs, newId, timings } = surroundings;
  const sessionParts: SessionParts = {
    redeemTicket,
    signResumeTicket,
    renewal,
    registry: sessions,
    came: (session) => parts.signIns.came(session),
    begin: (session, frame) => dispatcher.begin(session, frame),
    left: (session) => domains.departures.departFromAll(session),
    now,
    newId,
    hellos: new Deadlines(timings.helloTimeoutMs, uptimeMs, (listener) => listener.isLate()),
  };
  return [
    {
      path: "/ws",
      subprotocol,
      maxFrameBytes: limits.maxFrameBytes,
      tooLargeReply: errorFrame("too_large"),
      maxBackpressureBytes: limits.maxBackpressureBytes,
      handler: { opened: (connection) => new SessionListener(connection, sessionParts) },
    },
    {
      path: "/yjs",
      subprotocol: null,
      maxFrameBytes: limits.maxBoardFrameBytes,
      tooLargeReply: null,
      maxBackpressureBytes: boardRouteLimits.maxBackpressureBytes,
      handler: parts.boards.handler,
    },
  ];
}

function createPolicy({ settings, surroundings }: SocketParts): TransportOptions["policy"] {
  const { publicOrigin, trustedProxies, limitsScale } = settings;
  const { strangerLimits, uptimeMs } = surroundings;
  return {
    publicOrigin,
    trustedProxies,
    strangers: createStrangers(scaleStrangerLimits(strangerLimits, limitsScale)),
    upgradeRate: createUpgradeRate(scaleUpgradeRate(upgradeRateLimits, limitsScale), uptimeMs),
  };
}
