import { sql } from "@darasa/database";
import { decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
let student: Person;
beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
  student = await api.signIn("baraka");
});
afterAll(() => api.close());

const askFor = (as: Person, body: object) => api.call("POST /api/realtime/ticket", { as, body });
const boardOf = (as: Person, document = api.db.rooms.mathematics.boardId) =>
  askFor(as, { audience: "board", document });

/** The claims, as realtime reads them with the shared key. */
async function claimsOf(ticket: string, audience: string) {
  const { payload } = await jwtVerify(ticket, api.services.config.TICKET_KEY.reveal(), {
    algorithms: ["HS256"],
    issuer: "darasa",
    audience,
    currentDate: new Date(api.services.now()),
  });
  return payload;
}

test("[T1] a gateway ticket says who, where from, and when, for 30 seconds", async () => {
  const { body, status } = await askFor(student, { audience: "gateway" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ expiresInSeconds: 30, url: "/ws" });
  expect(decodeProtectedHeader(body.ticket)).toEqual({ alg: "HS256", typ: "JWT" });
  const nowSeconds = Math.floor(api.services.now() / 1000);
  const claims = await claimsOf(body.ticket, "gateway");
  expect(claims).toEqual({
    iss: "darasa",
    aud: "gateway",
    sub: student.id,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    iat: nowSeconds,
    exp: nowSeconds + 30,
    issuedAtMs: api.services.now(),
    school: api.db.schoolId,
    name: "Baraka Mushi",
    // The sign-in that the token is of: when it ends, so does what the ticket opened.
    signIn: decodeJwt(student.token)["signIn"],
  });
});

test("no two tickets have the same id", async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { body } = await askFor(student, { audience: "gateway" });
      return (await claimsOf(body.ticket, "gateway")).jti;
    }),
  );
  expect(new Set(ids).size).toBe(20);
});

describe("a board ticket", () => {
  test("[T1] names the board and its room", async () => {
    const { roomId, boardId } = api.db.rooms.biology;
    const { body } = await boardOf(student, boardId);
    expect(body.url).toBe(`/yjs/${boardId}`);
    expect(await claimsOf(body.ticket, "board")).toMatchObject({
      sub: student.id,
      document: boardId,
      room: roomId,
      liveClass: null,
    });
  });

  test("belongs to the class that runs in the room, joined or not", async () => {
    const { id, code } = await api.startClass();
    const guest = await api.joinAsGuest(code);
    for (const person of [teacher, student, guest]) {
      const { body } = await boardOf(person);
      expect(await claimsOf(body.ticket, "board")).toMatchObject({ liveClass: id });
    }
    const { body } = await boardOf(guest);
    expect(await claimsOf(body.ticket, "board")).toMatchObject({ guestOf: id });
    await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  });

  test("is not given to somebody who was removed from the running class", async () => {
    const { id } = await api.startClass();
    await api.call(`POST /api/live-classes/${id}/join`, { as: student });
    await api.remove(id, student.id);
    const answer = await boardOf(student);
    expect([answer.status, answer.body.code]).toEqual([403, "removed"]);
    const { roomId } = api.db.rooms.mathematics;
    for (const thing of ["messages", "boards"]) {
      const read = await api.call(`GET /api/rooms/${roomId}/${thing}`, { as: student });
      expect([read.status, read.body.code]).toEqual([403, "removed"]);
    }
    await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
    // The room itself they still belong to.
    expect((await boardOf(student)).status).toBe(200);
  });

  test("is not given for boards of another school, unknown ones and other rooms", async () => {
    const elsewhere = api.db.neighbour.rooms.history.boardId;
    const unknown = "00000000-0000-4000-8000-000000000000";
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.query(sql.typeAlias("nothing")`
        delete from room_members
        where room_id = ${api.db.rooms.homework.roomId} and user_id = ${student.id}`),
    );
    for (const board of [elsewhere, unknown, api.db.rooms.homework.boardId]) {
      const answer = await boardOf(student, board);
      expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    }
  });
});

test("a waiting guest gets no ticket yet", async () => {
  const { code } = await api.planClass();
  const answer = await askFor(await api.joinAsGuest(code), { audience: "gateway" });
  expect([answer.status, answer.body.code]).toEqual([409, "class_not_started"]);
});

test.each([
  {},
  { audience: "api" },
  { audience: "board" },
  { audience: "board", document: "not-an-id" },
  { audience: "board", document: "../secrets" },
  { audience: "gateway", document: "00000000-0000-4000-8000-000000000000" },
])("the request %j is refused", async (body) => {
  const answer = await askFor(student, body);
  expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
});
