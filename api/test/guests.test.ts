import { classCodePattern } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookieOf, createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
afterAll(() => api.close());

const join = (code: string, name: unknown) =>
  api.call(`POST /api/join/${code}`, { body: { name } });

describe("a class code", () => {
  test("tells what it opens", async () => {
    const { id, code } = await api.planClass({ title: "Equations", startsAtMs: 1_900_000_000_000 });
    expect(code).toMatch(classCodePattern);
    const answer = await api.call(`GET /api/join/${code}`);
    expect(answer.body).toEqual({
      liveClassId: id,
      title: "Equations",
      schoolName: "Demo School",
      schoolSlug: "demo",
      roomName: "Mathematics, Form 2",
      status: "scheduled",
      startsAtMs: 1_900_000_000_000,
      teachers: ["Amina Juma"],
      asksPin: false,
      guests: "allowed",
      colour: "#0f766e",
      logo: null,
    });
  });

  test("is read in any case and with spaces around it", async () => {
    const { code } = await api.planClass();
    expect((await api.call(`GET /api/join/%20${code.toLowerCase()}%20`)).status).toBe(200);
  });

  test.each(["AAAAAA", "abc", "O0O0O0", "%00%00%00%00%00%00", "x".repeat(300), "..%2f..%2fetc"])(
    "%j opens nothing",
    async (code) => {
      expect((await api.call(`GET /api/join/${code}`)).status).toBe(404);
      expect((await join(code, "Ali")).status).toBe(404);
    },
  );

  test("opens nothing any more once the class has ended", async () => {
    const { id, code } = await api.startClass();
    const teacher = await api.signIn("teacher");
    const ended = await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
    expect(ended.body.code).toBeNull();
    expect((await api.call(`GET /api/join/${code}`)).status).toBe(404);
    expect((await join(code, "Ali")).status).toBe(404);
  });
});

describe("a guest", () => {
  test("is signed in by a name, while the class is planned, and waits", async () => {
    const { id, code } = await api.planClass();
    const answer = await join(code, "Ali Hassan");
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      expiresInSeconds: 900,
      user: { name: "Ali Hassan", email: null, role: "guest", guestOf: id },
      liveClass: { id, code, role: "guest", status: "scheduled" },
    });
    expect(cookieOf(answer)).toContain("darasa_refresh=");
    const waiting = await api.call(`POST /api/live-classes/${id}/join`, {
      headers: { authorization: `Bearer ${answer.body.accessToken}` },
    });
    expect([waiting.status, waiting.body.code]).toEqual([409, "class_not_started"]);
  });

  test("comes back with the cookie as the same person", async () => {
    const { code } = await api.planClass();
    const guest = await api.joinAsGuest(code, "Ali");
    const back = await api.call("POST /api/auth/refresh", {
      headers: { cookie: guest.cookie, "sec-fetch-site": "same-origin" },
    });
    expect(back.body.user).toMatchObject({ id: guest.id, name: "Ali", guestOf: guest.liveClassId });
  });

  test("two guests of the same name are two people", async () => {
    const { code } = await api.planClass();
    const one = await api.joinAsGuest(code, "Ali");
    expect((await api.joinAsGuest(code, "Ali")).id).not.toBe(one.id);
  });

  test("who was removed sees no more of the class", async () => {
    const { id, code } = await api.startClass();
    const guest = await api.joinAsGuest(code);
    await api.remove(id, guest.id);
    const { roomId } = api.db.rooms.mathematics;
    for (const request of [
      `POST /api/live-classes/${id}/join`,
      `GET /api/live-classes/${id}`,
      `GET /api/rooms/${roomId}/messages`,
      `GET /api/rooms/${roomId}/boards`,
    ]) {
      const answer = await api.call(request, { as: guest });
      expect([request, answer.status, answer.body.code]).toEqual([request, 403, "removed"]);
    }
    const ticket = await api.call("POST /api/realtime/ticket", {
      as: guest,
      body: { audience: "gateway" },
    });
    expect([ticket.status, ticket.body.code]).toEqual([403, "removed"]);
    await api.call(`POST /api/live-classes/${id}/end`, { as: await api.signIn("teacher") });
  });

  test("has nothing more to read when the class is over", async () => {
    const { id, code } = await api.startClass();
    const guest = await api.joinAsGuest(code);
    await api.call(`POST /api/live-classes/${id}/end`, { as: await api.signIn("teacher") });
    const { roomId } = api.db.rooms.mathematics;
    const messages = await api.call(`GET /api/rooms/${roomId}/messages`, { as: guest });
    expect([messages.status, messages.body.code]).toEqual([410, "class_ended"]);
    const joined = await api.call(`POST /api/live-classes/${id}/join`, { as: guest });
    expect([joined.status, joined.body.code]).toEqual([410, "class_ended"]);
    const seen = await api.call(`GET /api/live-classes/${id}`, { as: guest });
    expect(seen.body).toMatchObject({ status: "ended", code: null });
  });

  test("the number of new guests of a class is limited", async () => {
    const { code } = await api.planClass();
    const { limits } = api.services;
    for (let guest = 0; guest < 1_000; guest += 1) await limits.take("join", "subject", code);
    expect((await join(code, "Late")).status).toBe(429);
  });

  test("two who have the code cannot use up the places of all others", async () => {
    const { code } = await api.planClass();
    const { limits } = api.services;
    const flood = async (address: string) => {
      for (;;) {
        await limits.take("join", "address", address);
        await limits.take("join", "subject", code);
      }
    };
    const limited = expect.objectContaining({ code: "rate_limited" }) as unknown as Error;
    for (let second = 0; second < 300; second += 1) {
      api.advance(1_000);
      for (const address of ["203.0.113.66", "203.0.113.67"]) {
        await expect(flood(address)).rejects.toThrow(limited);
      }
    }
    expect((await join(code, "Late")).status).toBe(200);
  });
});

describe("a name", () => {
  test.each([
    ["  Ali   Hassan ", "Ali Hassan"],
    ["<b>Ali</b> & co", "<b>Ali</b> & co"],
    ["Ali\u0000\u0007\nHassan", "Ali Hassan"],
    ["Ali\u202Eevil", "Alievil"],
    ["\u2066Ali\u2069\u200B", "Ali"],
    ["👩‍🏫 Asha", "👩‍🏫 Asha"],
    ["علی‌رضا", "علی‌رضا"],
    ["é".normalize("NFD"), "é"],
    ["😀".repeat(60), "😀".repeat(60)],
  ])("%j becomes %j", async (given, shown) => {
    const { code } = await api.planClass();
    expect((await join(code, given)).body.user.name).toBe(shown);
  });

  test.each(["", "   ", "\u200B\u202E", "\u200D", "😀".repeat(61), "x".repeat(5_000), 7, null])(
    "%j is refused",
    async (given) => {
      const { code } = await api.planClass();
      const answer = await join(code, given);
      expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
    },
  );
});
