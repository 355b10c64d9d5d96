import { sql } from "@darasa/database";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { maxWrongPins } from "../src/guests/judgeKnock.ts";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
let id: string;
let code: string;
beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
});
afterAll(() => api.close());
beforeEach(async () => {
  ({ id, code } = await api.planClass());
  await setPin("4071");
});

const setPin = (pin: unknown) =>
  api.call(`PATCH /api/live-classes/${id}`, { as: teacher, body: { pin } });
/** Each address is somebody else; the API stands behind a proxy that names them. */
const join = (pin?: string, address = "203.0.113.7") =>
  api.call(`POST /api/join/${code}`, {
    body: { name: "Ali", ...(pin === undefined ? {} : { pin }) },
    headers: { "x-forwarded-for": address },
  });
const told = ({ status, body }: Answer) => [status, body.code];

describe("a PIN", () => {
  test("is asked for, and told to teachers only", async () => {
    expect((await api.call(`GET /api/join/${code}`)).body).toMatchObject({ asksPin: true });
    expect(told(await join())).toEqual([403, "pin_required"]);
    expect(told(await join("9999"))).toEqual([403, "wrong_pin"]);
    const joined = await join(" 40 71 ");
    expect(joined.status).toBe(200);
    expect(joined.body.liveClass).not.toMatchObject({ pin: "4071" });
    const seen = (as: Person) => api.call(`GET /api/live-classes/${id}`, { as });
    expect((await seen(teacher)).body.pin).toBe("4071");
    expect((await seen(await api.signIn("baraka"))).body.pin).toBeNull();
  });

  test("can be set, changed and taken away while the class runs, and nothing else can", async () => {
    await api.call(`POST /api/live-classes/${id}/start`, { as: teacher });
    expect((await setPin("55555")).body).toMatchObject({ pin: "55555", status: "live" });
    expect(told(await join("4071"))).toEqual([403, "wrong_pin"]);
    const body = { pin: null, title: "Other" };
    const both = await api.call(`PATCH /api/live-classes/${id}`, { as: teacher, body });
    expect(told(both)).toEqual([409, "conflict"]);
    expect((await setPin(null)).body.pin).toBeNull();
    expect((await join()).status).toBe(200);
    await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
    expect(told(await setPin("4071"))).toEqual([410, "class_ended"]);
  });

  test.each(["123", "123456789", "12a4", "", 1234, "１２３４"])("%j is none", async (pin) => {
    expect(told(await setPin(pin))).toEqual([422, "bad_request"]);
  });

  test("is no matter for people with an account", async () => {
    await api.call(`POST /api/live-classes/${id}/start`, { as: teacher });
    const as = await api.signIn("baraka");
    expect((await api.call(`POST /api/live-classes/${id}/join`, { as })).status).toBe(200);
    await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  });

  test("is written down as set or taken away, never as what it is", async () => {
    const entries = await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.anyFirst(sql.unsafe`
        select details from audit_events where action = 'liveClass.pinSet' and subject_id = ${id}`),
    );
    expect(entries).toEqual([{ asksPin: true }]);
  });
});

describe("guessing a PIN", () => {
  test("from one address is over after a few tries, also with the right one", async () => {
    for (let guess = 1000; guess < 1005; guess += 1) {
      expect(told(await join(String(guess)))).toEqual([403, "wrong_pin"]);
    }
    const early = await join("4071");
    expect(told(early)).toEqual([429, "rate_limited"]);
    expect(early.headers.get("retry-after")).toBe("1");
    expect((await join("4071", "203.0.113.8")).status).toBe(200);
    api.advance(1_000);
    expect((await join("4071")).status).toBe(200);
  });

  test("at the same time gains nothing", async () => {
    const guesses = Array.from({ length: 40 }, (_, guess) => join(String(4050 + guess)));
    const answers = (await Promise.all(guesses)).map(({ status }) => status);
    expect(answers.filter((status) => status !== 429)).toHaveLength(5);
  });

  test("from everywhere wins a place before the door, and keeps nobody out who knows it", async () => {
    const from = (host: number) => `198.51.100.${host}`;
    const wrong = Array.from({ length: maxWrongPins }, (_, host) => join("0000", from(host)));
    for (const answer of await Promise.all(wrong)) expect(answer.body.code).toBe("wrong_pin");
    const honest = await join("4071");
    expect(honest.body).toMatchObject({ waiting: true, liveClass: { code: null } });
    const list = () => api.call(`GET /api/live-classes/${id}/waiting`, { as: teacher });
    expect((await list()).body).toMatchObject({ pinGuessed: true, people: [{ name: "Ali" }] });

    const renewed = await api.call(`POST /api/live-classes/${id}/new-code`, { as: teacher });
    code = renewed.body.code ?? "";
    expect((await list()).body).toMatchObject({ pinGuessed: false });
    expect((await join("4071")).body).toMatchObject({ waiting: false });
  });

  test("counts every try, however many come at once", async () => {
    const guesses = Array.from({ length: 60 }, (_, host) => join("0000", `198.51.100.${host}`));
    await Promise.all(guesses);
    const counted = await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.oneFirst(sql.unsafe`select wrong_pins from live_classes where live_class_id = ${id}`),
    );
    expect(counted).toBe(60);
  });
});
