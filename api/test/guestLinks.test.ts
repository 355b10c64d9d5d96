import { createHmac } from "node:crypto";
import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setGuestPolicy } from "./guestPolicy.ts";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

const hourMs = 60 * 60 * 1000;
let api: TestApi;
let teacher: Person;
let id: string;
beforeAll(async () => {
  api = await createTestApi();
  await setGuestPolicy(api, "waiting_room");
});
afterAll(() => api.close());
beforeEach(async () => {
  // Some tests let hours pass.
  teacher = await api.signIn("teacher");
  ({ id } = await api.planClass({ title: "Fractions" }));
  await api.call(`PATCH /api/live-classes/${id}`, { as: teacher, body: { pin: "4071" } });
});

const told = ({ status, body }: Answer) => [status, body.code];
async function makeToken(link: Record<string, unknown> = {}, liveClass = id): Promise<string> {
  const body = { expiresInHours: 2, skipWaitingRoom: true, ...link };
  const made = await api.call(`POST /api/live-classes/${liveClass}/guest-links`, {
    as: teacher,
    body,
  });
  return made.body.url.split("#")[1] ?? "";
}
const describeLink = (token: string) =>
  api.call("POST /api/join-link/describe", { body: { token } });
const open = (token: string, name?: unknown) =>
  api.call("POST /api/join-link", { body: { token, ...(name === undefined ? {} : { name }) } });

describe("a guest's link", () => {
  test("is of the address that the teacher sees, keeps its secret out of logs, and says until when", async () => {
    const made = await api.call(`POST /api/live-classes/${id}/guest-links`, {
      as: teacher,
      body: { expiresInHours: 2, skipWaitingRoom: false },
      headers: { host: "school.example" },
    });
    expect(made.body.url).toMatch(/^http:\/\/school\.example\/join-link#eyJ[\w.-]+$/);
    expect(made.body).toMatchObject({ expiresAtMs: api.services.now() + 2 * hourMs });
  });

  test("tells what it opens, for whom, and that it asks no PIN", async () => {
    const answer = await describeLink(await makeToken({ name: "Mr  Otieno" }));
    expect(answer.body).toMatchObject({
      liveClassId: id,
      title: "Fractions",
      schoolName: "Demo School",
      asksPin: false,
      guests: "allowed",
      name: "Mr Otieno",
    });
    const held = await describeLink(await makeToken({ skipWaitingRoom: false }));
    expect(held.body).toMatchObject({ guests: "waiting_room", name: null });
  });

  test("lets in without PIN and wait, under the name that the teacher gave", async () => {
    const joined = await open(await makeToken({ name: "Mr Otieno" }), "Somebody Else");
    expect(joined.body).toMatchObject({
      waiting: false,
      user: { name: "Mr Otieno", role: "guest", guestOf: id },
      liveClass: { id },
    });
  });

  test("is worth nothing once who made it does not teach there any more", async () => {
    const { userId } = api.db.people.zawadi;
    const admin = await api.signIn("admin");
    await api.call(`PATCH /api/people/${userId}`, { as: admin, body: { role: "teacher" } });
    const { roomId } = api.db.rooms.mathematics;
    const member = `/api/rooms/${roomId}/members`;
    await api.call(`POST ${member}`, { as: admin, body: { userId, role: "teacher" } });
    const former = teacher;
    teacher = await api.signIn("zawadi");
    const token = await makeToken();
    teacher = former;
    expect((await describeLink(token)).status).toBe(200);
    await api.call(`DELETE ${member}/${userId}`, { as: admin });
    expect(told(await describeLink(token))).toEqual([410, "link_invalid"]);
    expect(told(await open(token, "Zawadi"))).toEqual([410, "link_invalid"]);
    await api.call(`POST ${member}`, { as: admin, body: { userId, role: "teacher" } });
    expect((await describeLink(token)).status).toBe(200);
    await api.call(`POST /api/people/${userId}/deactivate`, { as: admin });
    expect(told(await open(token, "Zawadi"))).toEqual([410, "link_invalid"]);
  });

  test("that names nobody asks for a name", async () => {
    const token = await makeToken();
    expect(told(await open(token))).toEqual([422, "bad_request"]);
    expect((await open(token, "Ali")).body.user.name).toBe("Ali");
  });

  test("leads to the waiting room where the teacher did not spare it", async () => {
    const joined = await open(await makeToken({ skipWaitingRoom: false }), "Ali");
    expect(joined.body).toMatchObject({ waiting: true });
  });

  test("never tells the class's code or PIN", async () => {
    const seen = await api.call(`GET /api/live-classes/${id}`, { as: teacher });
    const token = await makeToken();
    const { code, pin } = seen.body;
    const text = JSON.stringify(decodeJwt(token));
    expect(text).not.toContain(code);
    expect(text).not.toContain(`"${pin}"`);
    const tag = createHmac("sha256", "").update(`code ${id} ${code}`).digest("base64url");
    expect(text).not.toContain(tag.slice(0, 20));
  });

  test.each([
    { expiresInHours: 0 },
    { expiresInHours: 169 },
    { expiresInHours: 1.5 },
    { name: "" },
  ])("%j is no wish that can be granted", async (wish) => {
    const body = { expiresInHours: 2, skipWaitingRoom: true, ...wish };
    const made = await api.call(`POST /api/live-classes/${id}/guest-links`, { as: teacher, body });
    expect(told(made)).toEqual([422, "bad_request"]);
  });
});

describe("a guest's link is dead", () => {
  async function expectDead(token: string, code = "link_invalid"): Promise<void> {
    expect(told(await describeLink(token))).toEqual([410, code]);
    expect(told(await open(token, "Ali"))).toEqual([410, code]);
  }

  test("when its time is over", async () => {
    const token = await makeToken({ expiresInHours: 1 });
    api.advance(hourMs - 1_000);
    expect((await describeLink(token)).status).toBe(200);
    api.advance(2_000);
    await expectDead(token);
  });

  test("when the class has ended", async () => {
    const token = await makeToken();
    await api.call(`POST /api/live-classes/${id}/start`, { as: teacher });
    await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
    await expectDead(token, "class_ended");
    const body = { expiresInHours: 2, skipWaitingRoom: true };
    const made = await api.call(`POST /api/live-classes/${id}/guest-links`, { as: teacher, body });
    expect(told(made)).toEqual([410, "class_ended"]);
  });

  test("when the teacher made a new code, and the former code with it", async () => {
    const token = await makeToken();
    const before = await api.call(`GET /api/live-classes/${id}`, { as: teacher });
    const renewed = await api.call(`POST /api/live-classes/${id}/new-code`, { as: teacher });
    expect(renewed.body.code).not.toBe(before.body.code);
    expect((await api.call(`GET /api/join/${before.body.code}`)).status).toBe(404);
    expect((await api.call(`GET /api/join/${renewed.body.code}`)).status).toBe(200);
    await expectDead(token);
    expect((await describeLink(await makeToken())).status).toBe(200);
  });

  test("when somebody else wrote or changed it", async () => {
    const token = await makeToken({ skipWaitingRoom: false });
    const claims = decodeJwt(token);
    const [head = "", body = "", mac = ""] = token.split(".");
    const better = Buffer.from(JSON.stringify({ ...claims, skipWaitingRoom: true }));
    const sign = (key: Uint8Array, changes: object) =>
      new SignJWT({ ...claims, ...changes })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .sign(key);
    const ticket = api.services.config.TICKET_KEY.reveal();
    for (const forged of [
      `${head}.${better.toString("base64url")}.${mac}`,
      `${head}.${body}.${Buffer.alloc(32).toString("base64url")}`,
      new UnsecuredJWT(claims).encode(),
      await sign(new Uint8Array(32), {}),
      await sign(ticket, {}),
      await sign(ticket, { aud: "gateway" }),
      teacher.token,
      "x",
      "a.b.c",
    ]) {
      await expectDead(forged);
    }
  });

  test("at another installation, whose keys are others", async () => {
    const other = await createTestApi();
    const as = await other.signIn("teacher");
    const planned = await other.planClass();
    const body = { expiresInHours: 2, skipWaitingRoom: true };
    const made = await other.call(`POST /api/live-classes/${planned.id}/guest-links`, { as, body });
    await expectDead(made.body.url.split("#")[1] ?? "");
    await other.close();
  });

  test("as an access token, and for every class but its own", async () => {
    const token = await makeToken();
    const other = await api.planClass();
    expect((await api.call("GET /api/me", { as: { ...teacher, token } })).status).toBe(401);
    const joined = await open(token, "Ali");
    const as = { ...teacher, token: joined.body.accessToken };
    expect((await api.call(`GET /api/live-classes/${other.id}`, { as })).status).toBe(404);
    const swapped = [token.split(".")[0], (await makeToken({}, other.id)).split(".")[1]];
    await expectDead([...swapped, token.split(".")[2]].join("."));
  });
});
