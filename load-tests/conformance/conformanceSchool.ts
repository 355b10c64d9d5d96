import { request } from "node:http";
import { randomBytes, randomUUID } from "node:crypto";
import { createDatabase, createWriter, notifyControl } from "@darasa/database";
import pg from "pg";
import { fillSchool, type LoadPerson, type LoadRoom } from "../school/fillSchool.ts";
import { makeTicketKey, startNode, type GatewayNode } from "../school/gatewayNode.ts";
import type { DatabasePlace } from "../school/loadPostgres.ts";
import { signTicket } from "../school/signTicket.ts";
import { Connection } from "./client.mjs";

/** A room for one rule, with people whom no other rule bothers, and what only a school can do to them. */
export interface Place {
  readonly room: string;
  readonly liveClass: string;
  /** Joins the room as part of its class. */
  readonly join: { readonly type: "joinRoom"; readonly room: string; readonly liveClass: string };
  readonly teacher: LoadPerson;
  readonly student: LoadPerson;
  readonly other: LoadPerson;
  /** Of another school, with their room. */
  readonly stranger: LoadPerson;
  readonly strangeRoom: string;
  /** Stores so many messages, as another gateway would. */
  fill(count: number): Promise<void>;
  /** No member any more, and nobody has been told yet. */
  expel(person: LoadPerson): Promise<void>;
  endClass(): Promise<void>;
}

/** A running school as the rules see it. */
export interface ConformanceSchool {
  readonly url: string;
  readonly startedAtMs: number;
  place(): Place;
  ticket(person: LoadPerson, claims?: Readonly<Record<string, unknown>>): string;
  connect(person: LoadPerson): Promise<Connection>;
  /** The status that an upgrade with these headers is answered with. */
  upgrade(headers: Readonly<Record<string, string>>): Promise<number>;
  endSignIn(person: LoadPerson): Promise<void>;
}

/** The school, and the process behind it. */
export interface RunningSchool {
  readonly school: ConformanceSchool;
  readonly node: GatewayNode;
  stop(): Promise<void>;
}

/** Starts a gateway over a fresh school with `places` rooms. */
export async function startConformanceSchool(
  place: DatabasePlace,
  places: number,
): Promise<RunningSchool> {
  const ticketKey = makeTicketKey();
  const { rooms } = await fillSchool(place.superuserUrl, [{ rooms: places, size: 3 }]);
  const strange = (await fillSchool(place.superuserUrl, [{ rooms: 1, size: 1 }])).rooms[0];
  const database = await createDatabase(place.appUrl, { maxConnections: 2 });
  const node = await startNode({ database: place, ticketKey });
  const startedAtMs = Date.now();
  const url = `ws://127.0.0.1:${node.port}/ws`;
  const ticket = signTicket.bind(null, ticketKey);
  const free = [...rooms];
  const school: ConformanceSchool = {
    url,
    startedAtMs,
    ticket,
    place() {
      const room = free.pop();
      if (!room || !strange) throw new Error("There are fewer rooms than rules");
      return makePlace(place, database, { room, strange });
    },
    connect: (person) => Connection.open(url, ticket(person)),
    upgrade: (headers) => statusOfUpgrade(node.port, headers),
    endSignIn: (person) => endSignIn(place, database, person),
  };
  return {
    school,
    node,
    async stop() {
      await Promise.all([node.end("SIGKILL"), database.close()]);
    },
  };
}

type Database = Awaited<ReturnType<typeof createDatabase>>;

function makePlace(
  { superuserUrl, writerUrl }: DatabasePlace,
  database: Database,
  { room, strange }: { readonly room: LoadRoom; readonly strange: LoadRoom },
): Place {
  const { roomId, liveClassId } = room;
  const [teacher, student, other] = room.members;
  const [stranger] = strange.members;
  if (!teacher || !student || !other || !stranger) throw new Error("The room is empty");
  return {
    room: roomId,
    liveClass: liveClassId,
    join: { type: "joinRoom", room: roomId, liveClass: liveClassId },
    teacher,
    student,
    other,
    stranger,
    strangeRoom: strange.roomId,
    fill: (count) => fill(writerUrl, room, count),
    expel: async ({ participantId }) => {
      await query(superuserUrl, "delete from room_members where user_id = $1", [participantId]);
      const text = "delete from live_class_participants where participant_id = $1";
      await query(superuserUrl, text, [participantId]);
    },
    endClass: () => endClass(superuserUrl, database, { schoolId: teacher.schoolId, ...room }),
  };
}

async function endClass(
  superuserUrl: string,
  database: Database,
  { schoolId, roomId, liveClassId }: LoadRoom & { readonly schoolId: string },
): Promise<void> {
  await query(
    superuserUrl,
    "update live_classes set status = 'ended', ended_at = now(), end_reason = 'teacher' where live_class_id = $1",
    [liveClassId],
  );
  await database.inSchool(schoolId, (tx) =>
    notifyControl(tx, {
      kind: "liveClassEnded",
      schoolId,
      roomId,
      liveClassId,
      reason: "teacher",
    }),
  );
}

async function endSignIn(
  { superuserUrl }: DatabasePlace,
  database: Database,
  { schoolId, participantId }: LoadPerson,
): Promise<void> {
  const text = "update sign_ins set revoked_at = now() where sign_in_id = $1";
  await query(superuserUrl, text, [participantId]);
  await database.inSchool(schoolId, (tx) =>
    notifyControl(tx, {
      kind: "accessChanged",
      schoolId,
      participantId,
      signInIds: [participantId],
      atMs: Date.now(),
    }),
  );
}

async function fill(writerUrl: string, room: LoadRoom, count: number): Promise<void> {
  const [sender] = room.members;
  if (!sender) return;
  const writer = createWriter(writerUrl);
  try {
    await writer.appendChatMessages(
      Array.from({ length: count }, (_unused, index) => ({
        schoolId: sender.schoolId,
        roomId: room.roomId,
        liveClassId: room.liveClassId,
        senderId: sender.participantId,
        senderName: sender.name,
        senderRole: "teacher" as const,
        clientId: randomUUID(),
        body: `filler ${index}`,
      })),
    );
  } finally {
    await writer.close();
  }
}

async function query(url: string, text: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

function statusOfUpgrade(port: number, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request({
      host: "127.0.0.1",
      port,
      path: "/ws",
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        ...headers,
      },
    });
    asking.on("response", ({ statusCode = 0 }) => resolve(statusCode));
    asking.on("upgrade", ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    asking.on("error", reject);
    asking.end();
  });
}
