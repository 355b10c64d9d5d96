import {
  createDatabase,
  createReader,
  createWriter,
  type Database,
  type Reader,
  type Writer,
} from "@darasa/database";
import { limits } from "@darasa/protocol";
import { createLoadAccess } from "./access/loadAccess.ts";
import { type BoardServer, type BoardServerDeps, type NotifyOfBoard } from "./board/boardServer.ts";
import { createDomains, type Domains } from "./createDomains.ts";
import { createSockets } from "./createSockets.ts";
import { listenForChanges } from "./control/listenForChanges.ts";
import { loadSignIns } from "./control/loadSignIns.ts";
import { createSignInWatch, type SignInWatch } from "./control/signInWatch.ts";
import { drain } from "./drain.ts";
import { scaleRateLimits } from "./limitsScale.ts";
import type { Log } from "./log.ts";
import { createMetrics, type Metrics, type MetricSources } from "./metrics.ts";
import type { NodeBus, NodeId } from "./nodes/nodeBus.ts";
import { publishToNodes } from "./nodes/publishToNodes.ts";
import { createLocalPublisher } from "./publish/localPublisher.ts";
import { roomChannel } from "./publish/channelNames.ts";
import type { Channel, Frame, Publisher } from "./publish/publisher.ts";
import { tellParticipant } from "./room/tell.ts";
import { createRateLimiter, type RateLimiter } from "./session/rateLimit.ts";
import { createTellDraws } from "./session/tellDraws.ts";
import { createRedeemTicket, type RedeemTicket } from "./session/redeemTicket.ts";
import { createReadTicket } from "./session/readTicket.ts";
import {
  createResumeRenewal,
  createSignResumeTicket,
  createStillHolds,
  type ResumeRenewal,
  type SignResumeTicket,
} from "./session/resumeTicket.ts";
import { createRevocations, type Revocations } from "./session/revocations.ts";
import { createSessionRegistry, type SessionRegistry } from "./session/sessionRegistry.ts";
import { createSignBoardTicket } from "./session/signBoardTicket.ts";
import { createSpentTickets } from "./session/spentTickets.ts";
import { makeTicketKey } from "./session/ticketKey.ts";
import { storeSpills } from "./spill/storeSpills.ts";
import type { Timings } from "./timings.ts";
import type { TrustedProxies } from "./transport/remoteAddress.ts";
import type { StrangerLimits } from "./transport/strangers.ts";
import type { Transport } from "./transport/transport.ts";
import type { TransportOptions } from "./transport/transportOptions.ts";

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
  /** Where a node that ends while Postgres is away keeps what it could not store; null: nowhere. */
  readonly spillFolder: string | null;
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
  /** How this node, under a name that no other ever had, meets the others. */
  readonly joinNodes: (nodeId: NodeId) => NodeBus;
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
  readonly bus: NodeBus;
  readonly database: Database;
  readonly writer: Writer;
  readonly reader: Reader;
  readonly sessions: SessionRegistry;
  readonly domains: Domains;
  readonly boards: BoardServer;
  readonly revocations: Revocations;
  readonly signIns: SignInWatch;
  readonly metrics: Metrics;
  readonly redeemTicket: RedeemTicket;
  readonly signResumeTicket: SignResumeTicket;
  readonly renewal: ResumeRenewal;
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
  const local = createLocalPublisher((channel, frame) => fanOut(channel, frame));
  const bus = surroundings.joinNodes(surroundings.newId() as NodeId);
  const publisher = publishToNodes(local, bus);
  const assembly = await assemble(settings, surroundings, { publisher, bus });
  let isAccepting = true;
  const { transport, dispatcher } = createSockets({ ...assembly, isAccepting: () => isAccepting });
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
    return drain({
      ...assembly,
      publisher,
      transport,
      control,
      commands: dispatcher,
      spillFolder: settings.spillFolder,
      comeBackInMs: () => Math.floor(Math.random() * limits.comeBackWithinMs),
      log: surroundings.log,
    });
  };
  try {
    const { spillFolder } = settings;
    if (spillFolder !== null) {
      await storeSpills(spillFolder, { writer: assembly.writer, log: surroundings.log });
    }
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
  { publisher, bus }: { readonly publisher: Publisher; readonly bus: NodeBus },
): Promise<Assembly> {
  const { log, now, uptimeMs, newId, timings } = surroundings;
  const key = makeTicketKey(settings.ticketKey);
  const reader = createReader(settings.databaseUrl);
  const loadAccess = createLoadAccess(reader);
  const revocations = createRevocations(uptimeMs);
  const { isRevoked } = revocations;
  const redeemTicket = createRedeemTicket({
    read: createReadTicket(key, now),
    spent: createSpentTickets(uptimeMs, (key, forMs) => bus.claim(key, forMs)),
    stillHolds: createStillHolds(reader),
    uptimeMs,
    startedAtMs: now(),
    isRevoked,
  });
  const signBoardTicket = createSignBoardTicket(key, { now, newId });
  const signResumeTicket = createSignResumeTicket(key, { now, newId });
  const database = await createDatabase(settings.databaseUrl);
  const writer = createWriter(settings.writerUrl);
  const sessions = createSessionRegistry();
  const limiter = createSharedLimiter({ settings, surroundings, bus });
  const stores = { database, writer, publisher, log, now };
  const domains = createDomains({
    ...stores,
    bus,
    limiter,
    loadAccess,
    sessions,
    signBoardTicket,
    timings,
    uptimeMs,
  });
  const boards = surroundings.createBoardServer({
    ...stores,
    notify: (where, event) => notify({ domains, bus }, where, event),
    loadAccess,
    redeemTicket: (ticket) => redeemTicket(ticket, "board"),
    isRevoked,
    uptimeMs,
  });
  const load = loadSignIns.bind(null, reader);
  const signIns = createSignInWatch({ sessions, load, uptimeMs, log });
  return {
    settings,
    surroundings,
    bus,
    database,
    writer,
    reader,
    sessions,
    domains,
    boards,
    revocations,
    signIns,
    metrics: createMetrics(sourcesOf({ sessions, domains, boards, bus })),
    redeemTicket,
    signResumeTicket,
    renewal: createResumeRenewal({
      sign: signResumeTicket,
      uptimeMs,
      renewAfterMs: timings.resumeRenewMs,
    }),
    limiter,
  };
}

/** Buckets that the nodes keep together, as well as they hear of one another. */
function createSharedLimiter({
  settings,
  surroundings,
  bus,
}: Pick<Assembly, "settings" | "surroundings" | "bus">): RateLimiter {
  const limiter: RateLimiter = createRateLimiter({
    now: surroundings.now,
    limits: scaleRateLimits(settings.limitsScale),
    onDraws: createTellDraws({
      newDraws: () => limiter.newDraws(),
      say: (draws) => bus.sayToAll({ kind: "drawn", draws }),
    }),
  });
  return limiter;
}

/** Tells one person, in all their sessions in the board's room, whatever node they are connected to. */
function notify(
  { domains, bus }: Pick<Assembly, "domains" | "bus">,
  ...[where, event]: Parameters<NotifyOfBoard>
): void {
  const { schoolId, roomId, participantId } = where;
  const room = domains.rooms.find(schoolId, roomId);
  if (room !== undefined) tellParticipant(room, participantId, event);
  bus.say(roomChannel(schoolId, roomId), { kind: "tell", participantId, event });
}

function sourcesOf({
  sessions,
  domains: { rooms, attendance },
  boards,
  bus,
}: Pick<Assembly, "sessions" | "domains" | "boards" | "bus">): MetricSources {
  return {
    bus: () => bus,
    sessions: () => sessions.size,
    rooms: () => rooms.size,
    attendanceWaiting: () => attendance.waiting,
    attendanceDropped: () => attendance.dropped,
    boardConnections: () => boards.stats().connections,
    boardDocuments: () => boards.stats().documents,
    boardUnstoredBytes: () => boards.stats().unstoredBytes,
  };
}

const sweepIntervalMs = 60_000;

function startTimers({
  surroundings,
  domains,
  signIns,
  renewal,
  limiter,
}: Assembly): NodeJS.Timeout[] {
  const { timings } = surroundings;
  return [
    setInterval(() => void domains.feed.beat(), timings.headIntervalMs),
    setInterval(() => domains.attendance.beat(), timings.attendanceHeartbeatMs),
    setInterval(() => domains.presenceNodes.beat(), timings.sliceBeatMs),
    setInterval(() => domains.presenceNodes.watch(), timings.sliceLifeMs / 10),
    setInterval(() => signIns.beat(), timings.signInBeatMs),
    setInterval(() => renewal.beat(), timings.resumeBeatMs),
    setInterval(() => limiter.sweep(), sweepIntervalMs),
  ];
}
