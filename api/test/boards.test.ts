import { afterAll, beforeAll, expect, test } from "vitest";
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

const path = (room: "mathematics" | "homework") => `/api/rooms/${api.db.rooms[room].roomId}/boards`;

test("a teacher adds a board to the class's room; all members see it after the first", async () => {
  const made = await api.call(`POST ${path("mathematics")}`, {
    as: teacher,
    body: { title: " Graphs  of\tfunctions " },
  });
  expect(made.body).toMatchObject({ title: "Graphs of functions" });
  const { body } = await api.call(`GET ${path("mathematics")}`, { as: student });
  expect(body.boards).toEqual([
    {
      id: api.db.rooms.mathematics.boardId,
      title: "Board",
      createdAtMs: expect.any(Number) as number,
    },
    made.body,
  ]);
});

test("in a group every member may add one", async () => {
  const made = await api.call(`POST ${path("homework")}`, { as: student, body: { title: "Ours" } });
  expect(made.status).toBe(200);
});

test.each([{}, { title: "" }, { title: "x".repeat(121) }, { title: ["a"] }])(
  "the board %j is refused",
  async (body) => {
    const answer = await api.call(`POST ${path("mathematics")}`, { as: teacher, body });
    expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
  },
);
