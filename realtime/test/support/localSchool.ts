import { randomBytes, randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { createTestDatabase, startTestClass, type TestDatabase } from "@darasa/database/testing";
import type { LiveClassId, ParticipantId, RoomId } from "@darasa/protocol";
import type { BoardServer } from "../../src/board/boardServer.ts";
import { createLoneNodeBus } from "../../src/nodes/loneNodeBus.ts";
import { startGateway, type Gateway, type GatewaySettings } from "../../src/server.ts";
import { protocolTimings, type Timings } from "../../src/timings.ts";
import { makeTrustedProxies } from "../../src/transport/remoteAddress.ts";
import { strangerLimits, type StrangerLimits } from "../../src/transport/strangers.ts";
import { createUwsTransport } from "../../src/transport/uws.ts";
import type { GatewaySurroundings } from "../../src/server.ts";
import { signEverybodyIn } from "./signEverybodyIn.ts";
import { signGatewayTicket } from "./signTicket.ts";
import { TestClient } from "./testClient.ts";
import type { TestPerson } from "./testSchool.ts";

/** A gateway inside the test's own process, so that its timings and its Postgres can be chosen. */
export interface LocalSchool {
  readonly database: TestDatabase;
  readonly gateway: Gateway;
  readonly ticketKey: Uint8Array<ArrayBuffer>;
  readonly room: RoomId;
  readonly liveClass: LiveClassId;
  readonly teacher: TestPerson;
  readonly students: readonly [TestPerson, TestPerson, TestPerson, ...TestPerson[]];
  readonly guest: TestPerson;
  /** Accounts of another school, and its room. */
  readonly stranger: TestPerson;
  readonly strangeRoom: RoomId;
  /** Lines of the log at warn or above. */
  readonly complaints: string[];
  connect(person: TestPerson): Promise<TestClient>;
  /** Connects and joins the running class. */
  enter(person: TestPerson, since?: number): Promise<TestClient>;
  stop(): Promise<void>;
}

/** What a test may choose. */
export interface LocalPlan {
  readonly timings?: Partial<Timings>;
  readonly now?: () => number;
  /** How long the gateway has been up when it starts: old tickets are none of its cares then. */
  readonly uptimeMs?: number;
  readonly strangerLimits?: StrangerLimits;
  readonly createTransport?: GatewaySurroundings["createTransport"];
  readonly createBoardServer?: GatewaySurroundings["createBoardServer"];
  readonly joinNodes?: GatewaySurroundings["joinNodes"];
  readonly settings?: (database: TestDatabase) => Promise<Partial<GatewaySettings>>;
}

/** Starts it over a database of its own, with a class running in the mathematics room. */
export async function startLocalSchool(plan: LocalPlan = {}): Promise<LocalSchool> {
  const database = await createTestDatabase();
  const { people, rooms, schoolId, neighbour } = database;
  const students = [
    people.baraka,
    people.neema,
    people.juma,
    people.zawadi,
    people.daudi,
    people.rehema,
  ];
  const { liveClassId, guestIds } = await startTestClass(database.database, {
    schoolId,
    roomId: rooms.mathematics.roomId,
    teacher: people.teacher,
    students,
    guests: ["Guest Halima"],
  });
  await signEverybodyIn(database);
  const ticketKey = Uint8Array.from(randomBytes(32));
  const startedAtMs = performance.now();
  const complaints: string[] = [];
  const gateway = await startGateway(
    {
      host: "127.0.0.1",
      port: 0,
      publicOrigin: null,
      trustedProxies: makeTrustedProxies("127.0.0.1"),
      databaseUrl: database.appUrl,
      writerUrl: database.writerUrl,
      ticketKey,
      limitsScale: 1,
      spillFolder: null,
      metricsToken: null,
      ...(await plan.settings?.(database)),
    },
    {
      log: (level, message, fields) => {
        if (level === "warn" || level === "error") complaints.push(inspect([message, fields]));
      },
      now: plan.now ?? Date.now,
      uptimeMs: () => (plan.uptimeMs ?? 0) + performance.now() - startedAtMs,
      newId: randomUUID,
      timings: { ...protocolTimings, ...plan.timings },
      strangerLimits: plan.strangerLimits ?? strangerLimits,
      createTransport: plan.createTransport ?? createUwsTransport,
      createBoardServer: plan.createBoardServer ?? (() => withoutBoards),
      joinNodes: plan.joinNodes ?? createLoneNodeBus,
    },
  );
  const room = rooms.mathematics.roomId as RoomId;
  const liveClass = liveClassId as LiveClassId;
  const personOf = (who: { userId: string; name: string }, of = schoolId): TestPerson => ({
    schoolId: of,
    participantId: who.userId as ParticipantId,
    name: who.name,
  });
  const [guestId = ""] = guestIds;
  const school: LocalSchool = {
    database,
    gateway,
    ticketKey,
    room,
    liveClass,
    teacher: personOf(people.teacher),
    students: students.map((who) => personOf(who)) as unknown as LocalSchool["students"],
    guest: {
      schoolId,
      participantId: guestId as ParticipantId,
      name: "Guest Halima",
      guestOf: liveClass,
    },
    stranger: personOf(neighbour.people.teacher, neighbour.schoolId),
    strangeRoom: neighbour.rooms.history.roomId as RoomId,
    complaints,
    connect: async (person) =>
      TestClient.hello(gateway.port, await signGatewayTicket(ticketKey, person)),
    async enter(person, since) {
      const client = await school.connect(person);
      await client.acked({ type: "joinRoom", room, liveClass, since });
      return client;
    },
    async stop() {
      await gateway.stop();
      await database.drop();
    },
  };
  return school;
}

/** Boards have tests of their own. */
const withoutBoards: BoardServer = {
  handler: { opened: () => ({ received: () => undefined, closed: () => undefined }) },
  control: () => undefined,
  servedElsewhere: () => undefined,
  claimAgain: () => undefined,
  reread: () => Promise.resolve(),
  stats: () => ({
    connections: 0,
    documents: 0,
    unstoredUpdates: 0,
    unstoredBytes: 0,
    workerRestarts: 0,
    isWorkerRunning: false,
  }),
  drain: () => Promise.resolve({ unstored: [] }),
};
