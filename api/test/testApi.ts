import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "@darasa/database";
import { createTestDatabase, type TestDatabase } from "@darasa/database/testing";
import type { SchoolId } from "@darasa/protocol";
import { exportJWK, generateKeyPair } from "jose";
import type { ShownSignIn } from "../src/signIns/listSignIns.ts";
import { openSignIn } from "../src/signIns/openSignIn.ts";
import { encodeLinkToken } from "../src/tokens/linkToken.ts";
import type { SignedIn } from "../src/accounts/user.ts";
import { createApp } from "../src/app.ts";
import type { AuditEvent } from "../src/audit/auditEvent.ts";
import type { Attendee, Register } from "../src/attendance/register.ts";
import type { RoomRegister, StudentRegister } from "../src/attendance/term/roomRegister.ts";
import { loadConfig } from "../src/config.ts";
import { createServices } from "../src/createServices.ts";
import type { PendingInvitation } from "../src/invitations/invitation.ts";
import type { Joined } from "../src/liveClasses/joined.ts";
import type { LiveClass } from "../src/liveClasses/liveClass.ts";
import { makeLog, type LogOptions } from "../src/log.ts";
import type { Member, Room } from "../src/rooms/room.ts";
import type { Services } from "../src/services.ts";
import type { Term } from "../src/terms/term.ts";

/** A signed-in person of a test: their access token and cookie. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly cookie: string;
}

/**
 * The bodies of all answers in one, as the routes declare them. A test names the fields that it expects; one
 * that the answer lacks is undefined, and the comparison fails.
 */
interface AnyBody
  extends
    SignedIn,
    Omit<LiveClass, "role" | "teachers">,
    Pick<Joined, "gateway" | "video" | "boards"> {
  readonly type: string;
  readonly name: string;
  readonly detail: string;
  readonly role: string;
  readonly guestOf: string | null;
  readonly liveClass: LiveClass;
  readonly liveClasses: readonly LiveClass[];
  readonly rooms: readonly Room[];
  readonly members: readonly Member[];
  readonly messages: readonly { readonly seq: number }[];
  readonly more: boolean;
  readonly people: readonly (Attendee & RoomRegister["people"][number])[];
  readonly classes: readonly StudentRegister["classes"][number][];
  readonly counts: StudentRegister["counts"];
  readonly percent: number | null;
  readonly terms: readonly Term[];
  readonly rule: Register["rule"];
  readonly verdict: Attendee["verdict"];
  readonly computed: Attendee["computed"];
  readonly correction: Attendee["correction"];
  readonly ticket: string;
  readonly url: string;
  readonly invitations: readonly PendingInvitation[];
  readonly link: string | null;
  readonly results: readonly { readonly email: string; readonly outcome: string }[];
  readonly events: readonly AuditEvent[];
  readonly verify: boolean;
  readonly keys: readonly object[];
  readonly signIns: readonly ShownSignIn[];
  readonly secret: string;
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON. */
  readonly body: AnyBody;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface Call {
  readonly as?: Person | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** The whole API in-process, on a database of its own. */
export interface TestApi {
  readonly db: TestDatabase;
  readonly services: Services;
  /** Moves the clock; it starts at the real time and stands still. */
  advance(ms: number): void;
  /** `"GET /api/me"`. */
  call(request: string, call?: Call): Promise<Answer>;
  /** Signs an account of the demo school in, without its password. */
  signIn(person: keyof TestDatabase["people"]): Promise<Person>;
  signInNeighbour(person: "teacher" | "student"): Promise<Person>;
  /** A planned live class in Mathematics, by the teacher. */
  planClass(plan?: Record<string, unknown>): Promise<{ id: string; code: string }>;
  /** A running one. */
  startClass(plan?: Record<string, unknown>): Promise<{ id: string; code: string }>;
  /** A guest of the class with that code. */
  joinAsGuest(code: string, name?: string): Promise<Person & { readonly liveClassId: string }>;
  /** Marks somebody as removed, as the gateway does at the teacher's word. */
  remove(liveClassId: string, participantId: string): Promise<void>;
  close(): Promise<void>;
}

/** What the API did not expect belongs on the screen of whoever runs the tests. */
const errorsOnScreen: Pick<LogOptions, "level" | "write"> = {
  level: "error",
  write: (line) => process.stderr.write(line),
};

/** Builds the API as `main` does, with a clock that stands still; `environment` changes settings. */
export async function createTestApi(
  environment: Record<string, string> = {},
  logging = errorsOnScreen,
): Promise<TestApi> {
  const db = await createTestDatabase();
  let nowMs = Date.now();
  const config = loadConfig({ ...(await testEnvironment(db.appUrl)), ...environment });
  const services = await createServices({
    config,
    database: db.database,
    log: makeLog({ ...logging, now: Date.now }),
    now: () => nowMs,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    newId: randomUUID,
  });
  const app = createApp(services);

  const call: TestApi["call"] = async (request, { as, body, headers = {} } = {}) => {
    const [method = "", path = ""] = request.split(" ");
    const init = {
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${as.token}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isSentAsItIs(body) ? body : JSON.stringify(body) }),
    };
    const response = await app.request(path, init, {});
    return readAnswer(response);
  };

  const signInUser = async (schoolId: string, user: { userId: string; name: string }) => {
    const issued = await services.database.inSchool(schoolId, (tx) =>
      openSignIn(services, tx, {
        schoolId: schoolId as SchoolId,
        owner: { userId: user.userId },
      }),
    );
    return {
      id: user.userId,
      name: user.name,
      token: issued.signedIn.accessToken,
      cookie: `darasa_refresh=${encodeLinkToken(issued.refresh.token)}`,
    };
  };

  const planClass: TestApi["planClass"] = async (plan = {}) => {
    const teacher = await signInUser(db.schoolId, db.people.teacher);
    const planned = await call("POST /api/live-classes", {
      as: teacher,
      body: { roomId: db.rooms.mathematics.roomId, title: "Algebra", ...plan },
    });
    return { id: planned.body.id, code: planned.body.code ?? "" };
  };

  return {
    db,
    services,
    advance: (ms) => (nowMs += ms),
    call,
    signIn: (person) => signInUser(db.schoolId, db.people[person]),
    signInNeighbour: (person) => signInUser(db.neighbour.schoolId, db.neighbour.people[person]),
    planClass,
    async startClass(plan) {
      const planned = await planClass(plan);
      const teacher = await signInUser(db.schoolId, db.people.teacher);
      await call(`POST /api/live-classes/${planned.id}/start`, { as: teacher });
      return planned;
    },
    async joinAsGuest(code, name = "Guest") {
      const joined = await call(`POST /api/join/${code}`, { body: { name } });
      return {
        id: joined.body.user.id,
        name,
        token: joined.body.accessToken,
        cookie: cookieOf(joined),
        liveClassId: joined.body.liveClass.id,
      };
    },
    async remove(liveClassId, participantId) {
      await db.database.inSchool(db.schoolId, (tx) =>
        tx.query(sql.typeAlias("nothing")`
          update live_class_participants set removed_at = now()
          where live_class_id = ${liveClassId} and participant_id = ${participantId}`),
      );
    },
    close: () => db.drop(),
  };
}

function isSentAsItIs(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" || body instanceof Uint8Array;
}

/** The first `name=value` that an answer sets as cookie. */
export function cookieOf(answer: Answer): string {
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** Settings that are enough for an API on this database. */
export async function testEnvironment(databaseUrl: string): Promise<Record<string, string>> {
  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  return {
    DATABASE_URL: databaseUrl,
    TICKET_KEY: randomBytes(32).toString("base64url"),
    DATA_KEY: randomBytes(32).toString("base64url"),
    ACCESS_TOKEN_KEY: JSON.stringify({ ...(await exportJWK(privateKey)), kid: "test" }),
    DEMO_KEY: "one-click",
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const isJson = text !== "" && response.headers.get("content-type")?.includes("json") === true;
  const body = (isJson ? JSON.parse(text) : {}) as AnyBody;
  return { status: response.status, headers: response.headers, body, text, bytes };
}
