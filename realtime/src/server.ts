import { createDatabase, createWriter, type Database, type Writer } from "@darasa/database";
import { limits, subprotocol } from "@darasa/protocol";
import { loadAccess } from "./access/loadAccess.ts";
import { type BoardServer, type BoardServerDeps, type NotifyOfBoard } from "./board/boardServer.ts";
import { boardRouteLimits } from "./board/boardSettings.ts";
import { createDomains, type Domains } from "./createDomains.ts";
import { listenForChanges } from "./control/listenForChanges.ts";
import { loadSignIns } from "./control/loadSignIns.ts";
import { createSignInWatch, type SignInWatch } from "./control/signInWatch.ts";
import { drain } from "./drain.ts";
import { createDispatcher } from "./dispatch/dispatch.ts";
import { createPages } from "./http/pages.ts";
import { scaleRateLimits, scaleStrangerLimits, scaleUpgradeRate } from "./limitsScale.ts";
import type { Log } from "./log.ts";
import { createMetrics, type Metrics, type MetricSources } from "./metrics.ts";
import { createLocalPublisher } from "./publish/localPublisher.ts";
import type { Channel, Frame, Publisher } from "./publish/publisher.ts";
import { staysOf } from "./room/room.ts";
import { tell } from "./room/tell.ts";
import { createRateLimiter, rateGroupOf, type RateLimiter } from "./session/rateLimit.ts";
import { createRedeemTicket, type RedeemTicket } from "./session/redeemTicket.ts";
import { createRevocations, type Revocations } from "./session/revocations.ts";
import { errorFrame, SessionListener, type SessionParts } from "./session/session.ts";
import { createSessionRegistry, type SessionRegistry } from "./session/sessionRegistry.ts";
import { createSignBoardTicket } from "./session/signBoardTicket.ts";
import { importTicketKey } from "./session/ticketKey.ts";
import type { Timings } from "./timings.ts";
import type { TrustedProxies } from "./transport/remoteAddress.ts";
import { createStrangers, type StrangerLimits } from "./transport/strangers.ts";
import type { Route, Transport } from "./transport/transport.ts";
import type { TransportOptions } from "./transport/transportOptions.ts";
import { createUpgradeRate, upgradeRateLimits } from "./transport/upgradeRate.ts";

/** What an operator decides. */
export interface GatewaySettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The one origin that browsers may connect from; null: the one that they asked themselves. */
  readonly publicOrigin: string | null;
  readonly trustedProxies: TrustedProxies;
  readonly databaseUrl: string;
  readonly writerUrl: string;
  readonly ticketKey: Uint8Array<ArrayBuffer>;
  /** How many times as generous the limits per person and per address are. */
  readonly limitsScale: number;
}

/** What a gateway takes from its process; tests bring their own. */
export interface GatewaySurroundings {
  readonly log: Log;
  readonly now: () => number;
  /** Ms since this process started, by a clock that nobody sets. */
  readonly uptimeMs: () => number;
  readonly newId: () => string;
  readonly timings: Timings;
  readonly strangerLimits: StrangerLimits;
  readonly createTransport: (options: TransportOptions) => Transport;
  readonly createBoardServer: (deps: BoardServerDeps) => BoardServer;
}

/** A gateway that serves. */
export interface Gateway {
  readonly port: number;
  /** Ends well: everybody is told to come back, and all that was taken is stored. False when it was not. */
  stop(): Promise<boolean>;
}

type FanOut = (channel: Channel, frame: Frame) => void;

/** What is made once the database is there. */
interface Assembly {
  readonly settings: GatewaySettings;
  readonly surroundings: GatewaySurroundings;
  readonly database: Database;
  readonly writer: Writer;
  readonly sessions: SessionRegistry;
  readonly domains: Domains;
  readonly boards: BoardServer;
  readonly revocations: Revocations;
  readonly signIns: SignInWatch;
  readonly metrics: Metrics;
  readonly redeemTicket: RedeemTicket;
  readonly limiter: RateLimiter;
}

/**
 * Starts a gateway: it serves when this resolves.
 *
 * @throws DarasaError unavailable when Postgres cannot be reached; Error when the port is taken
 */
export async function startGateway(
  settings: GatewaySettings,
  surroundings: GatewaySurroundings,
): Promise<Gateway> {
  let fanOut: FanOut = () => undefined;
  const publisher = createLocalPublisher((channel, frame) => fanOut(channel, frame));
  const assembly = await assemble(settings, surroundings, publisher);
  let isAccepting = true;
  const transport = createTransport(assembly, () => isAccepting);
  fanOut = (channel, frame) => transport.publish(channel, frame);
  const control = listenForChanges(settings.databaseUrl, {
    ...assembly,
    ...assembly.domains,
    log: surroundings.log,
  });
  const timers = startTimers(assembly);
  const stop = async (): Promise<boolean> => {
    isAccepting = false;
    transport.stopAccepting();
    for (const timer of timers) clearInterval(timer);
    return drain({ ...assembly, publisher, transport, control, log: surroundings.log });
  };
  try {
    await control.ready;
    const port = await transport.listen(settings.host, settings.port);
    return { port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  settings: GatewaySettings,
  surroundings: GatewaySurroundings,
  publisher: Publisher,
): Promise<Assembly> {
  const { log, now, uptimeMs, newId, timings } = surroundings;
  const key = await importTicketKey(settings.ticketKey);
  const revocations = createRevocations(uptimeMs);
  const { isRevoked } = revocations;
  const redeemTicket = createRedeemTicket(key, { now, uptimeMs, startedAtMs: now(), isRevoked });
  const signBoardTicket = createSignBoardTicket(key, { now, newId });
  const database = await createDatabase(settings.databaseUrl);
  const writer = createWriter(settings.writerUrl);
  const sessions = createSessionRegistry();
  const stores = { database, writer, publisher, log, now };
  const domains = createDomains({ ...stores, sessions, signBoardTicket, timings });
  const boards = surroundings.createBoardServer({
    ...stores,
    notify: (where, event) => notify(domains, where, event),
    loadAccess: (question) => loadAccess(database, question),
    redeemTicket: (ticket) => redeemTicket(ticket, "board"),
    isRevoked,
    uptimeMs,
  });
  const load = loadSignIns.bind(null, database);
  const signIns = createSignInWatch({ sessions, load, uptimeMs, log });
  return {
    settings,
    surroundings,
    database,
    writer,
    sessions,
    domains,
    boards,
    revocations,
    signIns,
    metrics: createMetrics(sourcesOf(sessions, domains, boards)),
    redeemTicket,
    limiter: createRateLimiter(now, scaleRateLimits(settings.limitsScale)),
  };
}

/** Tells one person, in all their sessions in the board's room. */
function notify(domains: Domains, ...[where, event]: Parameters<NotifyOfBoard>): void {
  const room = domains.rooms.find(where.schoolId, where.roomId);
  if (room === undefined) return;
  for (const stay of staysOf(room, where.participantId)) tell(stay.session, event);
}

function sourcesOf(
  sessions: SessionRegistry,
  { rooms, attendance }: Domains,
  boards: BoardServer,
): MetricSources {
  return {
    sessions: () => sessions.size,
    rooms: () => rooms.size,
    attendanceWaiting: () => attendance.waiting,
    attendanceDropped: () => attendance.dropped,
    boardConnections: () => boards.stats().connections,
    boardDocuments: () => boards.stats().documents,
    boardUnstoredBytes: () => boards.stats().unstoredBytes,
  };
}

function createTransport(assembly: Assembly, isAccepting: () => boolean): Transport {
  const { settings, surroundings, metrics, database, boards } = assembly;
  const parts = createSessionParts(assembly);
  const routes: Route[] = [
    {
      path: "/ws",
      subprotocol,
      maxFrameBytes: limits.maxFrameBytes,
      tooLargeReply: errorFrame("too_large"),
      maxBackpressureBytes: limits.maxBackpressureBytes,
      handler: { opened: (connection) => new SessionListener(connection, parts) },
    },
    {
      path: "/yjs",
      subprotocol: null,
      maxFrameBytes: limits.maxBoardFrameBytes,
      tooLargeReply: null,
      maxBackpressureBytes: boardRouteLimits.maxBackpressureBytes,
      handler: boards.handler,
    },
  ];
  return surroundings.createTransport({
    routes,
    policy: {
      publicOrigin: settings.publicOrigin,
      trustedProxies: settings.trustedProxies,
      strangers: createStrangers(
        scaleStrangerLimits(surroundings.strangerLimits, settings.limitsScale),
      ),
      upgradeRate: createUpgradeRate(
        scaleUpgradeRate(upgradeRateLimits, settings.limitsScale),
        surroundings.uptimeMs,
      ),
    },
    maxStallMs: surroundings.timings.maxStallMs,
    observer: metrics.transport,
    pages: createPages({ isAccepting, ping: () => database.ping(), metrics }),
  });
}

function createSessionParts({
  surroundings,
  domains,
  metrics,
  limiter,
  redeemTicket,
  sessions,
}: Assembly): SessionParts {
  const { log, now, newId, timings } = surroundings;
  const dispatcher = createDispatcher({
    handlers: domains.handlers,
    takeToken: (session, type) => limiter.take(session.identity.participantId, rateGroupOf(type)),
    observer: metrics.commands,
    log,
    now,
  });
  return {
    redeemTicket,
    registry: sessions,
    begin: (session, frame) => dispatcher.begin(session, frame),
    left: (session) => domains.departures.departFromAll(session),
    now,
    newId,
    helloTimeoutMs: timings.helloTimeoutMs,
  };
}

const sweepIntervalMs = 60_000;

function startTimers({ surroundings, domains, signIns, limiter }: Assembly): NodeJS.Timeout[] {
  const { timings } = surroundings;
  return [
    setInterval(() => void domains.feed.beat(), timings.headIntervalMs),
    setInterval(() => domains.attendance.beat(), timings.attendanceHeartbeatMs),
    setInterval(() => signIns.beat(), timings.signInBeatMs),
    setInterval(() => limiter.sweep(), sweepIntervalMs),
  ];
}
