import { Counter, Gauge, type Registry } from "prom-client";
import type { BoardStats } from "./board/boardStats.ts";
import type { UnderWay } from "./dispatch/underWay.ts";
import type { NodeBus } from "./nodes/nodeBus.ts";
import type { Room } from "./room/room.ts";
import type { TransportFigures } from "./transport/transport.ts";

/** What is read when the figures are asked for, and costs nothing before. */
export interface MetricSources {
  readonly transport: () => TransportFigures;
  readonly sessions: { readonly size: number };
  readonly rooms: { all(): readonly Room[] };
  readonly commands: Pick<UnderWay, "commands">;
  readonly messages: { readonly waiting: number };
  readonly database: { readonly waiting: number };
  readonly attendance: { readonly waiting: number; readonly dropped: number };
  readonly boards: () => BoardStats;
  readonly bus: Pick<NodeBus, "isConnected" | "counts">;
  /** Events that were published to rooms, however many share a frame. */
  readonly events: { readonly published: number };
  readonly isDraining: () => boolean;
}

type Row = readonly [name: string, help: string, read: () => number];

/** Adds everything that is read when somebody asks. */
export function addSources(registry: Registry, sources: MetricSources): void {
  const gauges = [
    ...peopleGauges(sources),
    ...queueGauges(sources),
    ...boardGauges(sources),
    ...processGauges(sources),
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
  for (const [name, help, read] of counters(sources)) {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}

function peopleGauges({ sessions, rooms }: MetricSources): Row[] {
  const sum = (of: (room: Room) => number) =>
    rooms.all().reduce((total, room) => total + of(room), 0);
  return [
    ["darasa_sessions", "Sessions that have said hello", () => sessions.size],
    ["darasa_rooms", "Rooms in memory", () => rooms.all().length],
    ["darasa_halls", "Rooms in memory that are halls", () => sum(({ isHall }) => Number(isHall))],
    [
      "darasa_people_present",
      "People in those rooms, at whatever node; who is in two rooms counts twice",
      () => sum(({ people }) => people.size),
    ],
    ["darasa_stays", "Joined rooms of sessions here", () => sum(({ stays }) => stays.size)],
  ];
}

function queueGauges(sources: MetricSources): Row[] {
  const { transport, commands, messages, database, attendance, rooms } = sources;
  return [
    ["darasa_commands_under_way", "Commands without an answer yet", () => commands.commands],
    ["darasa_chat_waiting", "Messages that wait to be stored", () => messages.waiting],
    ["darasa_database_waiting", "Transactions that wait for a connection", () => database.waiting],
    ["darasa_attendance_waiting", "Attendance rows to write", () => attendance.waiting],
    ["darasa_attendance_dropped", "Attendance rows given up", () => attendance.dropped],
    [
      "darasa_replaying",
      "Joins that are being replayed to, and for which events are kept",
      () => rooms.all().reduce((total, room) => total + replayingIn(room), 0),
    ],
    ["darasa_unsent_bytes", "Bytes that peers have not taken", () => transport().unsentBytes],
    [
      "darasa_unsent_bytes_most",
      "Bytes that one peer has not taken, the slowest",
      () => transport().mostUnsentBytes,
    ],
  ];
}

function replayingIn({ stays }: Room): number {
  let count = 0;
  for (const { backlog } of stays.values()) count += Number(backlog !== null);
  return count;
}

function boardGauges({ boards }: MetricSources): Row[] {
  return [
    ["darasa_board_connections", "Open board connections", () => boards().connections],
    ["darasa_board_documents", "Boards in memory", () => boards().documents],
    [
      "darasa_board_unstored_updates",
      "Board updates that are synced and not yet stored",
      () => boards().unstoredUpdates,
    ],
    ["darasa_board_unstored_bytes", "The bytes of those", () => boards().unstoredBytes],
    [
      "darasa_board_worker_running",
      "1 while boards have their worker, with its memory",
      () => Number(boards().isWorkerRunning),
    ],
    ["darasa_board_worker_restarts", "Board workers given up", () => boards().workerRestarts],
  ];
}

function processGauges({ bus, isDraining, sessions }: MetricSources): Row[] {
  const perSession = (bytes: number) => bytes / Math.max(1, sessions.size);
  return [
    [
      "darasa_rss_bytes_per_session",
      "Memory of the process, shared among its sessions",
      () => perSession(process.memoryUsage.rss()),
    ],
    [
      "darasa_heap_bytes_per_session",
      "Used heap, shared among the sessions",
      () => perSession(process.memoryUsage().heapUsed),
    ],
    [
      "darasa_nodes_connected",
      "1 while this node hears the others through Redis",
      () => Number(bus.isConnected),
    ],
    ["darasa_draining", "1 once the process was asked to end", () => Number(isDraining())],
  ];
}

function counters({ transport, events, bus }: MetricSources): Row[] {
  return [
    ["darasa_events_published_total", "Events told to rooms", () => events.published],
    [
      "darasa_frames_published_total",
      "Frames told to rooms and boards: events over frames is how many share one",
      () => transport().published,
    ],
    [
      "darasa_frames_delivered_total",
      "Those frames, times the connections that each went to",
      () => transport().delivered,
    ],
    ["darasa_notices_said_total", "What this node told the others", () => bus.counts.said],
    ["darasa_notices_heard_total", "What others told this node", () => bus.counts.heard],
    [
      "darasa_notices_lost_total",
      "What this node told nobody, because Redis was away or slow",
      () => bus.counts.lost,
    ],
  ];
}
