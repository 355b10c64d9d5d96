import { sql } from "@darasa/database";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { RosterResult, RosterRow } from "../src/people/roster/roster.ts";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let admin: Person;
beforeEach(async () => {
  await (api as TestApi | undefined)?.close();
  api = await createTestApi();
  // A property tries many rosters in a row.
  Object.assign(api.services, {
    limits: { take: () => Promise.resolve(), giveBack: () => Promise.resolve() },
  });
  admin = await api.signIn("admin");
});
afterAll(() => api.close());

async function send(path: string, csv: string, more: object = {}): Promise<RosterResult> {
  const answer = await api.call(`POST /api/people/${path}`, {
    as: admin,
    body: { csv, role: "student", ...more },
  });
  expect(answer.status, answer.text).toBe(200);
  return resultOf(answer);
}

const resultOf = ({ body }: Answer) => body as unknown as RosterResult;
const preview = (csv: string, more?: object) => send("import/preview", csv, more);
const importAll = (csv: string, more?: object) => send("import", csv, more);
const told = ({ rows }: RosterResult) =>
  rows.map(({ line, outcome, error }) => [line, outcome, error?.code, error?.column]);

async function countMails(): Promise<number> {
  const mails = await api.call("GET /api/invitations?limit=100", { as: admin });
  return mails.body.invitations.length;
}

describe("a roster", () => {
  test.each([
    ["commas", "name,email\nAsha Mrema,asha@home.example\n"],
    ["semicolons, in any order", "E-mail;Role;Full name\r\nasha@home.example;;Asha Mrema\r\n"],
    [
      "tabs, in Swahili, with a byte order mark",
      "\uFEFFJina\tBarua pepe\tWajibu\nAsha Mrema\tASHA@home.example \tmwanafunzi\n",
    ],
    [
      "quotes, empty lines and columns of no meaning",
      '"Name","No","Email"\n\n"Asha Mrema",7,"asha@home.example"\n\n',
    ],
  ])("is read with %s", async (_, csv) => {
    const { fault, rows, totals } = await preview(csv);
    expect([fault, totals]).toEqual([null, { new: 1, exists: 0, invited: 0, error: 0 }]);
    expect(rows[0]).toMatchObject({ name: "Asha Mrema", outcome: "new" });
  });

  test.each([
    ["", "empty"],
    ["name,email\n", "empty"],
    ["person,address\nA,b@c.d\n", "missing_columns"],
    ['name,email\n"A,a@b.example\nB,b@b.example\n', "unreadable"],
    [`name,email\n${"A,a@b.example\n".repeat(2_001)}`, "too_many_rows"],
  ])("that is none is told so: %j", async (csv, fault) => {
    const empty = { fault, rows: [], totals: { new: 0, exists: 0, invited: 0, error: 0 } };
    expect(await preview(csv)).toEqual(empty);
    expect(await importAll(csv)).toEqual(empty);
  });

  test("has its faults told row by row, by line and column", async () => {
    await api.call("POST /api/rooms", {
      as: admin,
      body: { kind: "group", name: "homework CIRCLE" },
    });
    await api.call(`POST /api/people/${api.db.people.juma.userId}/deactivate`, { as: admin });
    const csv = [
      "name,email,role,room",
      "Asha,asha@home.example,,",
      ",nobody@home.example,,",
      "Kito,,,",
      "Kito,kito at home,,",
      '"Two\nlines",two@home.example,,',
      "Asha again,Asha@Home.example,,",
      "Pili,pili@home.example,head,",
      "Pili,pili@home.example,super_admin,",
      "Pili,pili@home.example,mwalimu,Alchemy",
      "Pili,pili@home.example,,Homework circle",
      'Pili,pili@home.example,,"mathematics,  form 2"',
      "Juma Said,juma@demo.darasa,,",
      "Baraka,baraka@demo.darasa,,",
      "=cmd(),formula@home.example,,",
    ].join("\n");
    const expected = [
      [2, "new", undefined, undefined],
      [3, "error", "missing", "name"],
      [4, "error", "missing", "email"],
      [5, "error", "invalid", "email"],
      [6, "new", undefined, undefined],
      [8, "error", "repeated", "email"],
      [9, "error", "unknown", "role"],
      [10, "error", "forbidden", "role"],
      [11, "error", "unknown", "room"],
      [12, "error", "ambiguous", "room"],
      [13, "new", undefined, undefined],
      [14, "error", "deactivated", "email"],
      [15, "exists", undefined, undefined],
      [16, "new", undefined, undefined],
    ];
    expect(told(await preview(csv))).toEqual(expected);
    expect(await countMails()).toBe(0);
    const imported = await importAll(csv);
    expect(told(imported)).toEqual(expected);
    expect(imported.rows.at(-1)?.name).toBe("=cmd()");
    expect(await countMails()).toBe(4);
  });

  test("imported twice sends nothing twice", async () => {
    const csv = "name,email\nA,a@home.example\nBaraka,baraka@demo.darasa\n";
    const { roomId } = api.db.rooms.mathematics;
    expect((await importAll(csv, { roomId })).totals).toEqual({
      new: 1,
      exists: 1,
      invited: 0,
      error: 0,
    });
    expect((await importAll(csv, { roomId })).totals).toEqual({
      new: 0,
      exists: 1,
      invited: 1,
      error: 0,
    });
    expect(await countMails()).toBe(1);
  });

  test("lets those in who are there already, each into their room, and changes no part", async () => {
    const { mathematics } = api.db.rooms;
    const made = await api.call("POST /api/rooms", {
      as: admin,
      body: { kind: "class", name: "Physics" },
    });
    await importAll(
      `name,email,room\nAmina,teacher@demo.darasa,"Mathematics, Form 2"\nBaraka,baraka@demo.darasa,Physics`,
    );
    const [teacher, baraka] = [await api.signIn("teacher"), await api.signIn("baraka")];
    const roleIn = async (roomId: string, as: Person) =>
      (await api.call(`GET /api/rooms/${roomId}`, { as })).body.role;
    expect(await roleIn(mathematics.roomId, teacher)).toBe("teacher");
    expect(await roleIn(made.body.id, baraka)).toBe("student");
  });

  test("fills the school to its limit and not beyond, in the file's order", async () => {
    await limitUsers(109);
    const rows = Array.from({ length: 150 }, (_, index) => `P ${index},p${index}@home.example`);
    const csv = ["name,email", ...rows].join("\n");
    const seen = await preview(csv);
    const done = await importAll(csv);
    expect(done).toEqual(seen);
    expect(done.totals).toEqual({ new: 100, exists: 0, invited: 0, error: 50 });
    expect(done.rows[100]).toMatchObject({ error: { code: "limit_reached" } });
  });

  test("of two thousand rows is done in one go, and of more than 512 KiB refused", async () => {
    const rows = Array.from(
      { length: 2_000 },
      (_, index) => `Person ${index},p${index}@home.example`,
    );
    const done = await importAll(["name,email", ...rows].join("\n"));
    expect(done.totals).toEqual({ new: 2_000, exists: 0, invited: 0, error: 0 });
    const tooLong = await api.call("POST /api/people/import", {
      as: admin,
      body: { csv: "x".repeat(512 * 1024 + 1), role: "student" },
    });
    expect(tooLong.status).toBe(422);
    const far = await api.call("POST /api/people/import", {
      as: admin,
      body: { csv: "x".repeat(2 * 1024 * 1024), role: "student" },
    });
    expect(far.status).toBe(413);
  });

  test("leaves one entry a person and one for the whole in the audit log", async () => {
    await importAll("name,email\nA,a@home.example\nB,b@home.example\nC,bad\n");
    const { body } = await api.call("GET /api/audit", { as: admin });
    expect(body.events.map(({ action, details }) => [action, details])).toMatchObject([
      ["people.imported", { new: 2, exists: 0, invited: 0, error: 1 }],
      ["user.invited", { email: "b@home.example", role: "student" }],
      ["user.invited", { email: "a@home.example", role: "student" }],
    ]);
  });
});

test("whatever the file, an import does what its preview showed, and once more it changes nothing", async () => {
  await limitUsers(25);
  const cell = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom("Asha", "Kito Kito", "=1+1", "", " ", "\u200B", "Pili, M."),
    },
    fc.string({ maxLength: 12 }),
  );
  const address = fc.oneof(
    { weight: 4, arbitrary: fc.nat(40).map((number) => `Person${number}@home.example`) },
    fc.constantFrom(
      "baraka@demo.darasa",
      "TEACHER@demo.darasa",
      "nonsense",
      "",
      "a@@b",
      "é@ü.example",
    ),
  );
  const role = fc.constantFrom("", "teacher", "Mwanafunzi", "super_admin", "school admin", "king");
  const room = fc.constantFrom("", "Homework circle", "mathematics, form 2", "Alchemy");
  const row = fc.tuple(cell, address, role, room);
  const separator = fc.constantFrom(",", ";", "\t");
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 12 }),
      separator,
      async (rows, between) => {
        const csv = [["name", "email", "role", "room"], ...rows]
          .map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(between))
          .join("\n");
        const shown = await preview(csv);
        expect(await importAll(csv)).toEqual(shown);
        const again = await importAll(csv);
        expect(again.rows).toEqual(shown.rows.map(afterwards));
      },
    ),
    { numRuns: 40 },
  );
});

/** What a row is when the same roster comes once more: who was new is invited. */
function afterwards(row: RosterRow): RosterRow {
  return row.outcome === "new" ? { ...row, outcome: "invited" } : row;
}

async function limitUsers(maxUsers: number): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      select govern_school(${api.db.schoolId}, ${maxUsers}, null, null, null, null)`),
  );
}
