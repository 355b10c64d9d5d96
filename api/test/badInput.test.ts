import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorTable } from "@darasa/protocol";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
});
afterAll(() => api.close());

function expectProblem(answer: Answer, code: keyof typeof errorTable): void {
  expect([answer.status, answer.body.code]).toEqual([errorTable[code].httpStatus, code]);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.body).toMatchObject({
    type: `urn:darasa:problem:${code}`,
    title: errorTable[code].message,
  });
}

describe("ids of another school", () => {
  test("are not found, wherever an id stands", async () => {
    const { neighbour } = api.db;
    const { roomId, boardId } = neighbour.rooms.history;
    const theirs = await api.signInNeighbour("teacher");
    const planned = await api.call("POST /api/live-classes", {
      as: theirs,
      body: { roomId, title: "Theirs" },
    });
    const { id } = planned.body;
    const { mathematics } = api.db.rooms;
    for (const [request, body] of [
      [`GET /api/rooms/${roomId}`],
      [`GET /api/rooms/${roomId}/members`],
      [`POST /api/rooms/${roomId}/members`, { userId: teacher.id, role: "teacher" }],
      [`POST /api/rooms/${mathematics.roomId}/members`, { userId: theirs.id, role: "student" }],
      [`GET /api/rooms/${roomId}/messages`],
      [`GET /api/rooms/${roomId}/boards`],
      [`POST /api/rooms/${roomId}/boards`, { title: "X" }],
      ["POST /api/live-classes", { roomId, title: "X" }],
      [`GET /api/live-classes/${id}`],
      [`PATCH /api/live-classes/${id}`, { title: "X" }],
      [`POST /api/live-classes/${id}/start`],
      [`POST /api/live-classes/${id}/join`],
      [`POST /api/live-classes/${id}/end`],
      [`GET /api/live-classes/${id}/attendance`],
      [`GET /api/live-classes/${id}/attendance.csv`],
      ["POST /api/realtime/ticket", { audience: "board", document: boardId }],
    ] as const) {
      expectProblem(await api.call(request, { as: teacher, body }), "not_found");
    }
    const untouched = await api.call(`GET /api/live-classes/${id}`, { as: theirs });
    expect(untouched.body).toMatchObject({ title: "Theirs", status: "scheduled" });
  });
});

describe("paths that name nothing", () => {
  test.each([
    "GET /api/rooms/1",
    "GET /api/rooms/%00",
    "GET /api/live-classes/00000000-0000-4000-8000-00000000000g",
    "GET /api/live-classes/' or 1=1",
    "GET /api/nothing",
    "POST /api/rooms/nothing/here",
    "GET /ws",
    "GET /yjs/x",
    "GET /.well-known/nothing",
  ])("%s", async (request) => {
    expectProblem(
      await api.call(request.replaceAll(" or ", "%20or%20"), { as: teacher }),
      "not_found",
    );
  });

  test("an id in capitals is another name for nothing", async () => {
    const { roomId } = api.db.rooms.mathematics;
    expectProblem(
      await api.call(`GET /api/rooms/${roomId.toUpperCase()}`, { as: teacher }),
      "not_found",
    );
  });
});

describe("what is not done at a path", () => {
  test.each([
    ["DELETE /api/rooms", "GET, HEAD, POST, OPTIONS"],
    ["PUT /api/me", "GET, HEAD, PATCH, OPTIONS"],
    ["POST /api/rooms/3fa85f64-5717-4562-b3fc-2c963f66afa6/messages", "GET, HEAD, OPTIONS"],
    ["GET /api/auth/login", "POST, OPTIONS"],
    ["POST /api/openapi.json", "GET, HEAD, OPTIONS"],
    ["POST /metrics", "GET, HEAD, OPTIONS"],
    ["PATCH /api/people/import", "POST, OPTIONS"],
    ["DELETE /api/invitations/describe", "POST, OPTIONS"],
  ])("%s is told what is: %s", async (request, allow) => {
    const answer = await api.call(request);
    expectProblem(answer, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe(allow);
  });

  test.each(["PROPFIND", "SECRET"])("%s is nothing anywhere", async (method) => {
    for (const path of ["/", "/api/rooms", "/nothing"]) {
      expectProblem(await api.call(`${method} ${path}`), "method_not_allowed");
    }
  });

  test("OPTIONS says what is, to anybody", async () => {
    const answer = await api.call("OPTIONS /api/rooms");
    expect([answer.status, answer.headers.get("allow")]).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
  });

  test("HEAD is GET without the body", async () => {
    const got = await api.call("GET /api/rooms", { as: teacher });
    const head = await api.call("HEAD /api/rooms", { as: teacher });
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers.get("content-type")).toBe(got.headers.get("content-type"));
    expect((await api.call("HEAD /api/rooms")).status).toBe(401);
  });
});

describe("bodies", () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    api.call("POST /api/rooms", { as: teacher, body, headers });

  test.each([
    "{",
    "",
    "{'kind':'class'}",
    "\u0000",
    "NaN",
    '{"kind":"class","name":"x"',
    "[".repeat(30_000),
  ])("what is not JSON is told so: %#", async (body) => {
    expectProblem(await post(body), "bad_frame");
  });

  test.each(["null", "[]", "1e999", '"text"', '{"kind":1}', '{"__proto__":{"kind":"class"}}'])(
    "the wrong JSON %s",
    async (body) => {
      expectProblem(await post(body), "bad_request");
    },
  );

  test("what is refused is not repeated in the answer", async () => {
    const answer = await api.call("POST /api/auth/login", {
      body: { school: "demo", email: "not-an-address", password: 12_345_678 },
    });
    expectProblem(answer, "bad_request");
    expect(answer.text).not.toMatch(/not-an-address|12345678/);
    expect(answer.body.detail).toMatch(/email.*password/);
  });

  test("64 KiB are the limit, and one byte more is too much", async () => {
    const frame = JSON.stringify({ kind: "group", name: "Full", filler: "" });
    const fill = (bytes: number) => frame.replace('""', `"${"x".repeat(bytes - frame.length)}"`);
    expect((await post(fill(65_536))).status).toBe(200);
    expectProblem(await post(fill(65_537)), "too_large");
    expectProblem(
      await api.call("POST /api/auth/login", { body: "x".repeat(70_000) }),
      "too_large",
    );
  });

  test("none at all is not an empty one", async () => {
    expectProblem(await api.call("PATCH /api/me", { as: teacher }), "bad_request");
  });

  test("a form is no JSON: other sites' forms can say nothing here", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const answer = await api.call("POST /api/auth/login", {
        body: JSON.stringify({ school: "demo", email: "a@b", password: "x" }),
        headers: { "content-type": type },
      });
      expectProblem(answer, "bad_request");
    }
  });
});

test("what nobody expected is answered without its text", async () => {
  const { database } = api.services;
  const broken = { ...database, inSchool: () => Promise.reject(new Error("secret detail")) };
  const lines: unknown[] = [];
  Object.assign(api.services, { database: broken, log: (...line: unknown[]) => lines.push(line) });
  const answer = await api.call("GET /api/rooms", { as: teacher });
  Object.assign(api.services, { database });
  expectProblem(answer, "internal");
  expect(answer.text).not.toContain("secret");
  expect(lines[0]).toMatchObject([
    "error",
    "unexpected error",
    { error: { message: "secret detail" } },
  ]);
});

test("a database that is away is told as that, within 3 seconds", async () => {
  const { createDatabase } = await import("@darasa/database");
  const away = await createDatabase("postgres://darasa_app:x@127.0.0.1:9/nothing").catch(
    (error: unknown) => error,
  );
  expect(away).toMatchObject({ code: "unavailable" });
});
