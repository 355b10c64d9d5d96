import { notifyControl, sql } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import type { BoardId } from "@darasa/protocol";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import {
  createBoard,
  openBoard,
  type BoardClient,
  type BoardSchool,
} from "./support/boardClient.ts";
import { startTestSchool, type TestPerson, type TestSchool } from "./support/testSchool.ts";

const canary = "Kanari ya Neema";
const nothing = sql.typeAlias("nothing");
const waiting = { timeout: 15_000 };

let school: TestSchool;
let pupils: [TestPerson, TestPerson, TestPerson, TestPerson];
let board: BoardId;
beforeAll(async () => {
  school = await startTestSchool();
  pupils = school.students as typeof pupils;
  await inSchool(sql.fragment`update live_classes set drawing = 'everyone'`);
});
afterAll(() => school.stop());
beforeEach(async () => {
  board = await createBoard(school, school.room);
});

test("what an erased person drew is gone for who looks, for who comes later, after a restart and from the log", async () => {
  const [erased, other] = pupils;
  const theirs = await open(erased);
  theirs.records.set("shape:text", text("shape:text", canary));
  theirs.doc.getMap("points").set("shape:stroke", new TextEncoder().encode(canary));
  theirs.records.set("shape:stroke", shape("shape:stroke", { type: "draw" }));
  theirs.records.set("shape:frame", shape("shape:frame", { type: "frame", x: 100, y: 50 }));
  theirs.doc.getArray("hidden").push([canary]);
  const peer = await open(other);
  await peer.until(() => peer.doc.getArray("hidden").length === 1);
  // Moved by somebody else since, which leaves it the work of who began it.
  peer.records.set("shape:text", text("shape:text", `${canary}, moved`));
  peer.records.set("shape:own", shape("shape:own", { x: 7 }));
  peer.records.set("shape:inside", shape("shape:inside", { parentId: "shape:frame", x: 1, y: 2 }));
  peer.records.set("binding:b", {
    id: "binding:b",
    typeName: "binding",
    type: "arrow",
    fromId: "shape:own",
    toId: "shape:text",
    props: {},
  });
  await theirs.until(() => theirs.records.has("binding:b"));
  theirs.records.set("shape:own", shape("shape:own", { x: 8 }));
  await expect.poll(() => canaryRows(), waiting).toBeGreaterThan(0);
  await peer.until(() => xOf(peer, "shape:own") === 8);

  await erase(erased);
  expect(await theirs.closed()).toBe(4401);
  await peer.until(() => !peer.records.has("shape:text"));
  const isLeft = (client: BoardClient) => {
    expect([...client.records.keys()].toSorted()).toEqual(["shape:inside", "shape:own"]);
    expect(client.records.get("shape:inside")).toMatchObject({
      parentId: "page:page",
      x: 101,
      y: 52,
    });
    expect(xOf(client, "shape:own")).toBe(8);
    expect(client.doc.getMap("points").size).toBe(0);
    expect(client.doc.getArray("hidden").length).toBe(0);
  };
  isLeft(peer);
  isLeft(await open(school.teacher));
  await expect.poll(() => isForgotten(erased), waiting).toBe(true);
  expect(await canaryRows()).toBe(0);

  peer.records.set("shape:after", shape("shape:after"));
  await expect.poll(async () => (await storedDocument()).has("shape:after"), waiting).toBe(true);
  await school.gateway.end("SIGKILL");
  await school.restart();
  const later = await open(other);
  expect(later.records.has("shape:after")).toBe(true);
  later.records.delete("shape:after");
  isLeft(later);
  // Whoever was away with a copy does not bring it back.
  const away = await open(school.teacher);
  Y.applyUpdate(away.doc, Y.encodeStateAsUpdate(theirs.doc));
  await away.sync();
  isLeft(await open(school.teacher));
  later.records.set("shape:last", shape("shape:last"));
  await expect.poll(async () => (await storedDocument()).has("shape:last"), waiting).toBe(true);
  expect(await canaryRows()).toBe(0);
});

test("what is drawn while somebody is erased is not lost", async () => {
  const [, other, erased] = pupils;
  const theirs = await open(erased);
  const peer = await open(other);
  for (let index = 0; index < 50; index += 1) {
    theirs.records.set(`shape:theirs${index}`, text(`shape:theirs${index}`, canary));
  }
  await expect.poll(() => canaryRows(), waiting).toBeGreaterThan(0);
  await peer.until(() => peer.records.size === 50);
  const erasing = erase(erased);
  let drawn = 0;
  while (!(await isForgotten(erased))) {
    peer.records.set(`shape:own${drawn}`, shape(`shape:own${drawn}`));
    drawn += 1;
  }
  await erasing;
  for (const last of [drawn, drawn + 1]) {
    peer.records.set(`shape:own${last}`, shape(`shape:own${last}`));
  }
  const isWhole = (keys: Iterable<string>) =>
    [...keys].length === drawn + 2 && [...keys].every((key) => key.startsWith("shape:own"));
  await expect.poll(async () => isWhole((await storedDocument()).keys()), waiting).toBe(true);
  expect(isWhole((await open(school.teacher)).records.keys())).toBe(true);
  expect(await canaryRows()).toBe(0);
});

test("a guest is erased from a board that nobody has open, when it is asked for again", async () => {
  const { guest, teacher } = school;
  const own = await open(teacher);
  own.records.set("shape:own", shape("shape:own"));
  const theirs = await open(guest);
  theirs.records.set("shape:guest", text("shape:guest", canary));
  await own.until(() => own.records.has("shape:guest"));
  await expect.poll(() => canaryRows(), waiting).toBe(1);
  own.close();
  theirs.close();
  await school.gateway.end("SIGTERM");
  // Nobody hears it.
  await inSchool(sql.fragment`
    update live_class_participants set removed_at = now() where participant_id = ${guest.participantId}`);
  await tellErased(guest);
  await school.restart();
  expect(await canaryRows()).toBe(1);
  await tellErased(guest);
  await expect.poll(() => isForgotten(guest), waiting).toBe(true);
  expect(await canaryRows()).toBe(0);
  expect([...(await open(teacher)).records.keys()]).toEqual(["shape:own"]);
});

function open(person: TestPerson): Promise<BoardClient> {
  const { gateway, room, liveClass } = school;
  const reached: BoardSchool = {
    gateway,
    ticketKey: gateway.ticketKey,
    room,
    liveClassId: liveClass.liveClassId,
  };
  return openBoard(reached, board, person);
}

function shape(id: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const place = { x: 0, y: 0, rotation: 0, parentId: "page:page" };
  return { id, typeName: "shape", type: "geo", props: {}, ...place, ...fields };
}

function text(id: string, words: string): Record<string, unknown> {
  return shape(id, { type: "text", props: { text: words } });
}

function xOf({ records }: BoardClient, id: string): unknown {
  return (records.get(id) as { x?: unknown } | undefined)?.x;
}

function inSchool(statement: ReturnType<typeof sql.fragment>): Promise<void> {
  return school.database.database.inSchool(school.teacher.schoolId, async (tx) => {
    await tx.query(nothing`${statement}`);
  });
}

/** As the API does with an account. */
async function erase({ schoolId, participantId }: TestPerson): Promise<void> {
  await school.database.database.inSchool(schoolId, async (tx) => {
    await notifyControl(tx, {
      kind: "accessChanged",
      schoolId,
      participantId,
      signInIds: null,
      atMs: Date.now(),
    });
    await tx.query(nothing`delete from room_members where user_id = ${participantId}`);
    await tx.query(nothing`
      update users set deactivated_at = now() where user_id = ${participantId}`);
  });
  await tellErased({ schoolId, participantId });
}

async function tellErased(who: Pick<TestPerson, "schoolId" | "participantId">): Promise<void> {
  const { schoolId, participantId } = who;
  await school.database.database.inSchool(schoolId, async (tx) => {
    await tx.query(nothing`
      insert into pending_erasures (school_id, participant_id, asked_at)
      values (${schoolId}, ${participantId}, now()) on conflict do nothing`);
    await notifyControl(tx, { kind: "drawingsErased", schoolId, participantId });
  });
}

/** The rows of the board's log that have the canary somewhere in their bytes. */
async function canaryRows(): Promise<number> {
  const rows = await asSuperuser(
    school.database,
    `select from board_updates where position(convert_to($1, 'UTF8') in body) > 0`,
    [canary],
  );
  return rows.length;
}

async function isForgotten({ participantId }: TestPerson): Promise<boolean> {
  const rows = await asSuperuser(
    school.database,
    "select from board_authors where participant_id = $1",
    [participantId],
  );
  return rows.length === 0;
}

async function storedDocument(): Promise<Y.Map<unknown>> {
  const rows = await asSuperuser<{ body: Buffer }>(
    school.database,
    "select body from board_updates where board_id = $1",
    [board],
  );
  const doc = new Y.Doc();
  for (const { body } of rows) Y.applyUpdate(doc, body);
  return doc.getMap("records");
}
