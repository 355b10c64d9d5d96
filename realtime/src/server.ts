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
import { createHeadTurns, headTurns } from "./chat/headTurns.ts";
import { createDomains, type Domains } from "./createDomains.ts";
import { createDoors, type Doors } from "./createDoors.ts";
import { createSockets } from "./createSockets.ts";
import { listenForChanges } from "./control/listenForChanges.ts";
import { loadSignIns } from "./control/loadSignIns.ts";
import { SignInWatch } from "./control/signInWatch.ts";
import { drain } from "./drain.ts";
import { scaleRateLimits } from "./limitsScale.ts";
import type { Log } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import type { MetricSources } from "./metricSources.ts";
import type { NodeBus, NodeId } from "./nodes/nodeBus.ts";
import { publishToNodes } from "./nodes/publishToNodes.ts";
import { countEvents } from "./publish/countEvents.ts";
import { createLocalPublisher } from "./publish/localPublisher.ts";
import { roomChannel } from "./publish/channelNames.ts";
import type { Channel, Frame, Publisher } from "./publish/publisher.ts";
import { tellParticipant } from "./room/tell.ts";
import { createRateLimiter, type RateLimiter } from "./session/rateLimit.ts";
import { createTellDraws } from "./session/tellDraws.ts";
import { createSessionRegistry, type SessionRegistry } from "./session/sessionRegistry.ts";
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
  /** Who has it sees the figures from anywhere; null: they are for this machine only. */
  readonly metricsToken: string | null;
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
interface Assembly extends Doors {
  readonly settings: GatewaySettings;
  readonly surroundings: GatewaySurroundings;
  readonly bus: NodeBus;
  readonly database: Database;
  readonly writer: Writer;
  readonly reader: Reader;
  readonly sessions: SessionRegistry;
  readonly domains: Domains;
  readonly boards: BoardServer;
  readonly signIns: SignInWatch;
  readonly metrics: Metrics;
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
  const { log } = surroundings;
  let fanOut: FanOut = () => undefined;
  const local = countEvents(createLocalPublisher((channel, frame) => fanOut(channel, frame)));
  const bus = surroundings.joinNodes(surroundings.newId() as NodeId);
  const publisher = publishToNodes(local, bus);
  const assembly = await assemble(settings, surroundings, { publisher, bus });
  let isAccepting = true;
  const { transport, dispatcher } = createSockets({ ...assembly, isAccepting: () => isAccepting });
  fanOut = (channel, frame) => transport.publish(channel, frame);
  watchFigures(assembly, {
    transport: () => transport.figures(),
    commands: dispatcher.underWay,
    events: local,
    isDraining: () => !isAccepting,
  });
  const control = listenForChanges(settings.databaseUrl, {
    ...assembly,
    ...assembly.domains,
    log,
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
      log,
    });
  };
  try {
    await storeSpills(settings.spillFolder, { ...assembly, log });
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
  const reader = createReader(settings.databaseUrl);
  const loadAccess = createLoadAccess(reader);
  const metrics = createMetrics();
  const doors = createDoors({ ...settings, ...surroundings, reader, bus, metrics });
  const database = await createDatabase(settings.databaseUrl);
  const writer = createWriter(settings.writerUrl);
  const sessions = createSessionRegistry();
  const limiter = createSharedLimiter({ settings, surroundings, bus });
  const stores = { database, writer, publisher, bus, log, now, uptimeMs, newId };
  const load = loadSignIns.bind(null, reader);
  const signIns = new SignInWatch({ sessions, load, uptimeMs, log });
  const domains = createDomains({
    ...stores,
    limiter,
    boardServedElsewhere: (ids) => boards.servedElsewhere(ids),
    claimBoards: () => boards.claimAgain(),
    loadAccess,
    signInHolds: (session, endsInMs) => signIns.holds(session, endsInMs),
    sessions,
    signBoardTicket: doors.signBoardTicket,
    timings,
  });
  const boards = surroundings.createBoardServer({
    ...stores,
    notify: (where, event) => notify({ domains, bus }, where, event),
    claimBoard: ({ schoolId, boardId }) => bus.sayToAll({ kind: "board", schoolId, boardId }),
    loadAccess,
    redeemTicket: (ticket) => doors.redeemTicket(ticket, "board"),
    isRevoked: doors.revocations.isRevoked,
  });
  return {
    ...doors,
    settings,
    surroundings,
    ...stores,
    reader,
    sessions,
    domains,
    boards,
    signIns,
    metrics,
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
    now: surroundings.uptimeMs,
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

function watchFigures(
  { metrics, sessions, domains, boards, bus, database }: Assembly,
  sources: Pick<MetricSources, "transport" | "commands" | "events" | "isDraining">,
): void {
  const { rooms, messages, attendance } = domains;
  const stats = () => boards.stats();
  metrics.watch({
    ...sources,
    sessions,
    rooms,
    messages,
    database,
    attendance,
    boards: stats,
    bus,
  });
}

const sweepIntervalMs = 60_000;

function startTimers({
  surroundings,
  domains,
  signIns,
  renewal,
  limiter,
}: Assembly): NodeJS.Timeout[] {
  const { timings, uptimeMs } = surroundings;
  const { headIntervalMs: intervalMs } = timings;
  const tellHeads = createHeadTurns({ feed: domains.feed, intervalMs, uptimeMs });
  return [
    setInterval(tellHeads, timings.headIntervalMs / headTurns),
    setInterval(() => void domains.feed.beat(), timings.headIntervalMs),
    setInterval(() => domains.attendance.beat(), timings.attendanceHeartbeatMs),
    setInterval(() => domains.presenceNodes.beat(), timings.sliceBeatMs),
    setInterval(() => domains.presenceNodes.watch(), timings.sliceLifeMs / 10),
    setInterval(() => signIns.beat(), timings.signInBeatMs),
    setInterval(() => renewal.beat(), timings.resumeBeatMs),
    setInterval(() => limiter.sweep(), sweepIntervalMs),
  ];
}
