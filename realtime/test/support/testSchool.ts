import type { BoardId, LiveClassId, ParticipantId, RoomId } from "@darasa/protocol";
import {
  createTestDatabase,
  startTestClass,
  type TestClass,
  type TestDatabase,
} from "@darasa/database/testing";
import {
  startGatewayProcess,
  type GatewayProcess,
  type GatewaySettings,
} from "./gatewayProcess.ts";
import { signEverybodyIn } from "./signEverybodyIn.ts";
import { signGatewayTicket } from "./signTicket.ts";
import { TestClient } from "./testClient.ts";

/** Somebody who may connect. */
export interface TestPerson {
  readonly schoolId: string;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly guestOf?: string;
  /** Left out: the one that `signEverybodyIn` gave them. */
  readonly signInId?: string;
}

/** A gateway process over a database of its own, with a running class in the mathematics room. */
export interface TestSchool {
  readonly database: TestDatabase;
  /** Replaced by `restart`. */
  gateway: GatewayProcess;
  readonly liveClass: TestClass & { readonly liveClassId: LiveClassId };
  readonly room: RoomId;
  readonly teacher: TestPerson;
  readonly students: readonly TestPerson[];
  readonly guest: TestPerson;
  /** A teacher of another school. */
  readonly stranger: TestPerson;
  /** Connects and says hello. */
  connect(person: TestPerson): Promise<TestClient>;
  /** Connects and joins the running class. */
  enter(person: TestPerson, since?: number): Promise<TestClient>;
  /** Starts it again at the same port, after its end; with other settings if given. */
  restart(settings?: Partial<GatewaySettings>): Promise<void>;
  stop(): Promise<void>;
}

/** Made once per test file; `settings` may put something between the gateway and Postgres. */
export async function startTestSchool(
  settings: (
    database: TestDatabase,
  ) => Partial<GatewaySettings> | Promise<Partial<GatewaySettings>> = () => ({}),
): Promise<TestSchool> {
  const database = await createTestDatabase();
  const { people, rooms, schoolId, neighbour } = database;
  const account = (who: { userId: string; name: string }): TestPerson => ({
    schoolId,
    participantId: who.userId as ParticipantId,
    name: who.name,
  });
  const studentAccounts = [people.baraka, people.neema, people.juma, people.zawadi];
  const liveClass = await startTestClass(database.database, {
    schoolId,
    roomId: rooms.mathematics.roomId,
    teacher: people.teacher,
    students: studentAccounts,
    guests: ["Guest Halima"],
  });
  await signEverybodyIn(database);
  const gatewaySettings = { appUrl: database.appUrl, writerUrl: database.writerUrl };
  const gateway = await startGatewayProcess({ ...gatewaySettings, ...(await settings(database)) });
  const room = rooms.mathematics.roomId as RoomId;
  const liveClassId = liveClass.liveClassId as LiveClassId;
  const school: TestSchool = {
    database,
    gateway,
    liveClass: { ...liveClass, liveClassId },
    room,
    teacher: account(people.teacher),
    students: studentAccounts.map(account),
    guest: {
      schoolId,
      participantId: liveClass.guestIds[0] as ParticipantId,
      name: "Guest Halima",
      guestOf: liveClassId,
    },
    stranger: {
      schoolId: neighbour.schoolId,
      participantId: neighbour.people.teacher.userId as ParticipantId,
      name: neighbour.people.teacher.name,
    },
    connect: async (person) =>
      TestClient.hello(
        school.gateway.port,
        await signGatewayTicket(school.gateway.ticketKey, person),
      ),
    enter: async (person, since) => {
      const client = await school.connect(person);
      await client.acked({ type: "joinRoom", room, liveClass: liveClassId, since });
      return client;
    },
    restart: async (other = {}) => {
      const { port, ticketKey } = school.gateway;
      const given = { ...gatewaySettings, ...(await settings(database)), ...other };
      school.gateway = await startGatewayProcess({ ...given, port, ticketKey });
    },
    stop: async () => {
      await school.gateway.end("SIGKILL");
      await database.drop();
    },
  };
  return school;
}

/** A board id that belongs to nobody. */
export const unknownBoard = "00000000-0000-4000-8000-000000000000" as BoardId;
