import { notifyControl, sql, type ControlMessage } from "@darasa/database";
import { startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import type { BoardId } from "@darasa/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBoardServer } from "../src/board/boardServer.ts";
import {
  BoardClient,
  boardUrl,
  createBoard,
  openBoard,
  type BoardSchool,
} from "./support/boardClient.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";
import type { TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
let way: StallingProxy;
let board: BoardId;
beforeEach(async () => {
  school = await startLocalSchool({
    createBoardServer,
    async settings({ appUrl }) {
      way = await startStallingProxy(appUrl);
      return { databaseUrl: way.url };
    },
  });
  board = await createBoard(school, school.room);
});
afterEach(async () => {
  await school.stop();
  await way.close();
});

function boards(): BoardSchool {
  return { ...school, liveClassId: school.liveClass };
}

type Statement = ReturnType<typeof sql.fragment>;

/** What the API does: the change, and word of it in the same transaction unless nobody is to hear. */
async function change(statement: Statement, message: ControlMessage | null): Promise<void> {
  await school.database.database.inSchool(school.teacher.schoolId, async (tx) => {
    await tx.query(sql.typeAlias("nothing")`${statement}`);
    if (message !== null) await notifyControl(tx, message);
  });
}

function where() {
  return {
    schoolId: school.teacher.schoolId,
    roomId: school.room,
    liveClassId: school.liveClass,
  };
}

const openDrawing = () =>
  sql.fragment`update live_classes set drawing = 'everyone' where live_class_id = ${school.liveClass}`;
const endClass = () => sql.fragment`
  update live_classes set status = 'ended', ended_at = now(), end_reason = 'teacher'
  where live_class_id = ${school.liveClass}`;
const remove = ({ participantId }: TestPerson) => sql.fragment`
  update live_class_participants set removed_at = now() where participant_id = ${participantId}`;

function rightsOf(client: TestClient): boolean[] {
  return client.all("boardRights").map(({ mayDraw }) => mayDraw);
}

async function hears(client: TestClient, rights: readonly boolean[]): Promise<void> {
  await client.until(() => (rightsOf(client).join() === rights.join() ? true : undefined));
}

describe("rights change while a board is open:", () => {
  test("[B4] everybody may draw, and no more when the class has ended", async () => {
    const [student] = school.students;
    const gateway = await school.enter(student);
    const client = await openBoard(boards(), board, student);
    const teacher = await openBoard(boards(), board, school.teacher);
    await hears(gateway, [false]);

    const permissions = { drawing: "everyone", chatLocked: false } as const;
    await change(openDrawing(), { kind: "permissions", ...where(), permissions });
    await hears(gateway, [false, true]);
    client.records.set("shape:a", { id: "shape:a" });
    await teacher.until(() => teacher.records.has("shape:a"));

    await change(endClass(), { kind: "liveClassEnded", ...where(), reason: "teacher" });
    await hears(gateway, [false, true, false]);
    client.records.set("shape:b", { id: "shape:b" });
    await gateway.next("boardRefused");
    teacher.records.set("shape:c", { id: "shape:c" });
    await client.until(() => client.records.has("shape:c"));
    expect(teacher.records.has("shape:b")).toBe(false);
  });

  test("[P7] a guest's board closes with their class", async () => {
    const guest = await openBoard(boards(), board, school.guest);
    await change(endClass(), { kind: "liveClassEnded", ...where(), reason: "teacher" });
    expect(await guest.closed()).toBe(4403);
  });

  test("what nobody heard of is found when control messages come again", async () => {
    const [student, removed] = school.students;
    const gateway = await school.enter(student);
    await openBoard(boards(), board, student);
    const gone = await openBoard(boards(), board, removed);
    await hears(gateway, [false]);
    await change(openDrawing(), null);
    await change(remove(removed), null);
    way.cut();
    await hears(gateway, [false, true]);
    expect(await gone.closed()).toBe(4403);
  });

  test("nobody slips in beside their removal", async () => {
    for (const person of school.students.slice(0, 3)) {
      const { participantId } = person;
      const openings = Array.from({ length: 6 }, async () => {
        const client = new BoardClient(await boardUrl(boards(), { board, person }));
        await client.opened();
        return client.closed();
      });
      const message = { kind: "participantRemoved", ...where(), participantId } as const;
      await change(remove(person), message);
      expect(new Set(await Promise.all(openings))).toEqual(new Set([4403]));
    }
  });
});
