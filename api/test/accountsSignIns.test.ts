import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeAccess, endAllSignIns } from "../src/accounts/endAccess.ts";
import { collectControl } from "./collectControl.ts";
import { personOf, signInWith } from "./passwordDoor.ts";
import { auditOf } from "./schoolRows.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
afterAll(() => api.close());

const firefox = "Mozilla/5.0 (Android 14; Mobile; rv:141.0) Gecko/141.0 Firefox/141.0";
const chrome = "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36";
const ourPage = { "sec-fetch-site": "same-origin" };

const list = async (as: Person) => (await api.call("GET /api/me/sign-ins", { as })).body.signIns;
const isIn = async (as: Person) => (await api.call("GET /api/me", { as })).status === 200;

async function twoDevices(email: string): Promise<[phone: Person, laptop: Person]> {
  const phone = personOf(await signInWith(api, { email, userAgent: firefox }));
  api.advance(60_000);
  return [phone, personOf(await signInWith(api, { email, userAgent: chrome }))];
}

describe("where somebody is signed in", () => {
  test("is told with device and times, the one used last first", async () => {
    const startMs = api.services.now();
    const [phone, laptop] = await twoDevices("baraka@demo.darasa");
    expect(await list(laptop)).toMatchObject([
      { device: "Chrome on ChromeOS", isThis: true, createdAtMs: startMs + 60_000 },
      { device: "Firefox on Android", isThis: false, createdAtMs: startMs, lastUsedAtMs: startMs },
    ]);
    api.advance(60_000);
    const headers = { cookie: phone.cookie, ...ourPage };
    expect((await api.call("POST /api/auth/refresh", { headers })).status).toBe(200);
    expect(await list(laptop)).toMatchObject([
      { device: "Firefox on Android", lastUsedAtMs: startMs + 120_000, createdAtMs: startMs },
      { device: "Chrome on ChromeOS" },
    ]);
  });

  test("can be ended elsewhere: its tokens are worth nothing at once, and the gateways hear of it", async () => {
    const [phone, laptop] = await twoDevices("neema@demo.darasa");
    expect(await isIn(phone)).toBe(true);
    const id = (await list(laptop)).find(({ isThis }) => !isThis)?.id ?? "";
    const told = await collectControl(api, async () => {
      const ended = await api.call(`DELETE /api/me/sign-ins/${id}`, { as: laptop });
      expect(ended.status).toBe(204);
    });
    expect(told).toEqual([
      {
        kind: "accessChanged",
        schoolId: api.db.schoolId,
        participantId: phone.id,
        signInIds: [id],
        atMs: api.services.now(),
      },
    ]);
    expect([await isIn(phone), await isIn(laptop)]).toEqual([false, true]);
    const headers = { cookie: phone.cookie, ...ourPage };
    expect((await api.call("POST /api/auth/refresh", { headers })).status).toBe(401);
    expect(await list(laptop)).toHaveLength(1);
    expect((await api.call(`DELETE /api/me/sign-ins/${id}`, { as: laptop })).status).toBe(404);
    expect((await auditOf(api, phone.id)).at(-1)).toMatchObject({
      action: "signIn.revoked",
      details: { signInId: id },
    });
  });

  test("all others can be ended together", async () => {
    const [phone, laptop] = await twoDevices("zawadi@demo.darasa");
    const third = await api.signIn("zawadi");
    const ended = await api.call("POST /api/me/sign-ins/end-others", { as: laptop });
    expect(ended.status).toBe(204);
    expect([await isIn(phone), await isIn(third), await isIn(laptop)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("nobody ends or sees somebody else's", async () => {
    const victim = await api.signIn("juma");
    const [own] = await list(victim);
    const other = await api.signIn("daudi");
    for (const id of [own?.id ?? "", randomUUID(), "x"]) {
      expect((await api.call(`DELETE /api/me/sign-ins/${id}`, { as: other })).status).toBe(404);
    }
    expect(await isIn(victim)).toBe(true);
    expect((await list(other)).map(({ id }) => id)).not.toContain(own?.id);
  });
});

describe("ending access", () => {
  test("signing out tells the gateways", async () => {
    const person = await api.signIn("juma");
    const headers = { cookie: person.cookie, ...ourPage };
    const told = await collectControl(api, () => api.call("POST /api/auth/logout", { headers }));
    expect(told).toMatchObject([{ kind: "accessChanged", participantId: person.id }]);
  });

  test("a guest who signs out, too", async () => {
    const { code } = await api.startClass();
    const guest = await api.joinAsGuest(code);
    const headers = { cookie: guest.cookie, ...ourPage };
    const told = await collectControl(api, () => api.call("POST /api/auth/logout", { headers }));
    expect(told).toMatchObject([{ kind: "accessChanged", participantId: guest.id }]);
    expect(await isIn(guest)).toBe(false);
  });

  test("more sign-ins than one message holds are told of in several", async () => {
    const people = await Promise.all(Array.from({ length: 120 }, () => api.signIn("rehema")));
    const userId = people[0]?.id ?? "";
    const { schoolId } = api.db;
    const told = await collectControl(api, () =>
      api.db.database.inSchool(schoolId, (tx) =>
        endAllSignIns(api.services, tx, { schoolId, userId }),
      ),
    );
    const ids = told.map((message) =>
      message.kind === "accessChanged" ? (message.signInIds?.length ?? 0) : 0,
    );
    expect(ids).toEqual([100, 20]);
    expect(await isIn(people[119] as Person)).toBe(false);
  });

  test("what is asked while the change is not yet committed is not remembered", async () => {
    const person = await api.signIn("daudi");
    expect(await isIn(person)).toBe(true);
    const { schoolId } = api.db;
    await api.db.database.inSchool(schoolId, async (tx) => {
      await endAllSignIns(api.services, tx, { schoolId, userId: person.id });
      expect(await isIn(person)).toBe(true);
    });
    expect(await isIn(person)).toBe(false);
  });

  test("a change that is rolled back ends nothing", async () => {
    const person = await api.signIn("daudi");
    const { schoolId } = api.db;
    const told = await collectControl(api, async () => {
      const failing = api.db.database.inSchool(schoolId, async (tx) => {
        await endAllSignIns(api.services, tx, { schoolId, userId: person.id });
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
    });
    expect(told).toEqual([]);
    expect(await isIn(person)).toBe(true);
  });

  test("a change of what somebody may do is told without naming sign-ins", async () => {
    const person = await api.signIn("daudi");
    const { schoolId } = api.db;
    const told = await collectControl(api, () =>
      api.db.database.inSchool(schoolId, (tx) =>
        changeAccess(api.services, tx, { schoolId, participantId: person.id }),
      ),
    );
    expect(told).toMatchObject([{ participantId: person.id, signInIds: null }]);
    expect(await isIn(person)).toBe(true);
  });
});
