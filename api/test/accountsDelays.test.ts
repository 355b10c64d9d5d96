import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeMemoryAttemptDelays } from "../src/attempts/memoryAttemptDelays.ts";
import { makeMemoryRateLimiter } from "../src/limits/memoryRateLimiter.ts";
import { deviceOf, signInWith } from "./passwordDoor.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
beforeEach(() => {
  Object.assign(api.services, {
    limits: makeMemoryRateLimiter(api.services.now),
    attempts: makeMemoryAttemptDelays(api.services.now),
  });
});
afterAll(() => api.close());

const email = "baraka@demo.darasa";
const guess = { email, password: "guess" };

async function guessUntilRefused(address: string) {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await signInWith(api, { ...guess, address });
    if (answer.status !== 401) return { answer, tries };
  }
  throw new Error("nobody ever refused");
}

test("five guesses are free, then each has to wait twice as long as the last", async () => {
  const waits: number[] = [];
  const first = await guessUntilRefused("203.0.113.1");
  expect(first.tries).toBe(5);
  expect([first.answer.status, first.answer.body.code]).toEqual([429, "rate_limited"]);
  for (let round = 0; round < 5; round += 1) {
    const refused = await signInWith(api, { ...guess, address: "203.0.113.1" });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get("retry-after"));
    waits.push(seconds);
    api.advance(seconds * 1000);
    expect((await signInWith(api, { ...guess, address: "203.0.113.1" })).status).toBe(401);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16]);
});

test("the owner elsewhere is not held up, nor are others at the address of the guesser", async () => {
  await guessUntilRefused("203.0.113.1");
  expect((await signInWith(api, { email, address: "203.0.113.2" })).status).toBe(200);
  const neema = { email: "neema@demo.darasa", address: "203.0.113.1" };
  expect((await signInWith(api, neema)).status).toBe(200);
});

test("whoever signs in rightly begins anew, however often", async () => {
  for (let time = 0; time < 30; time += 1) {
    expect((await signInWith(api, { email })).status).toBe(200);
  }
  for (let time = 0; time < 4; time += 1) await signInWith(api, guess);
  expect((await signInWith(api, { email })).status).toBe(200);
  expect((await guessUntilRefused("127.0.0.1")).tries).toBe(5);
});

test("no wait is for ever: the longest is a quarter of an hour", async () => {
  await guessUntilRefused("203.0.113.1");
  for (let round = 0; round < 15; round += 1) {
    api.advance(15 * 60_000);
    expect((await signInWith(api, { ...guess, address: "203.0.113.1" })).status).toBe(401);
  }
  const refused = await signInWith(api, { email, address: "203.0.113.1" });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBe(15 * 60);
  api.advance(15 * 60_000);
  expect((await signInWith(api, { email, address: "203.0.113.1" })).status).toBe(200);
});

test("a day later the failures are forgotten", async () => {
  await guessUntilRefused("203.0.113.1");
  api.advance(24 * 3_600_000);
  expect((await guessUntilRefused("203.0.113.1")).tries).toBe(5);
});

test("fifty addresses guess no faster than a few, and the owner's device gets in at once", async () => {
  const device = deviceOf(await signInWith(api, { email }));
  const addresses = Array.from({ length: 50 }, (_, index) => `198.51.100.${index}`);
  const counts = { wrong: 0, slowed: 0, other: 0 };
  for (let round = 0; round < 20; round += 1) {
    for (const address of addresses) {
      const answer = await signInWith(api, { ...guess, address });
      if (answer.status === 401) counts.wrong += 1;
      else if (answer.status === 429 && Number(answer.headers.get("retry-after")) > 0) {
        counts.slowed += 1;
      } else counts.other += 1;
    }
  }
  expect(counts.other).toBe(0);
  expect(counts.wrong).toBeLessThanOrEqual(25);
  expect(counts.wrong + counts.slowed).toBe(1_000);

  expect((await signInWith(api, { email, address: "192.0.2.9" })).status).toBe(429);
  expect((await signInWith(api, { email, address: "192.0.2.9", device })).status).toBe(200);
  // Even behind the address that guesses most.
  expect((await signInWith(api, { email, address: addresses[0] ?? "", device })).status).toBe(200);
});

test("a known device that guesses waits too, for itself alone", async () => {
  const device = deviceOf(await signInWith(api, { email }));
  const other = deviceOf(await signInWith(api, { email }));
  expect(other).not.toBe(device);
  for (let tries = 0; tries < 5; tries += 1) {
    expect((await signInWith(api, { ...guess, device })).status).toBe(401);
  }
  expect((await signInWith(api, { email, device })).status).toBe(429);
  expect((await signInWith(api, { email, device: other })).status).toBe(200);
});

test("a known device does not sign in over and over while others wait for their turn", async () => {
  let device = deviceOf(await signInWith(api, { email }));
  const answers: number[] = [];
  for (let times = 0; times < 12; times += 1) {
    const answer = await signInWith(api, { email, device });
    answers.push(answer.status);
    device = deviceOf(answer) || device;
  }
  expect(answers).toContain(429);
  // Elsewhere its owner gets in all the same.
  expect((await signInWith(api, { email, device, address: "192.0.2.9" })).status).toBe(200);
});

test("a device is known for the accounts that signed in with it, and not for others", async () => {
  const one = deviceOf(await signInWith(api, { email }));
  const both = deviceOf(await signInWith(api, { email: "neema@demo.darasa", device: one }));
  for (let index = 0; index < 25; index += 1) {
    for (const name of ["baraka", "neema", "zawadi"]) {
      const victim = { email: `${name}@demo.darasa`, password: "guess" };
      await signInWith(api, { ...victim, address: `198.51.100.${index}` });
    }
  }
  const from = { address: "192.0.2.9", device: both };
  expect((await signInWith(api, { email, ...from })).status).toBe(200);
  expect((await signInWith(api, { email: "neema@demo.darasa", ...from })).status).toBe(200);
  expect((await signInWith(api, { email: "zawadi@demo.darasa", ...from })).status).toBe(429);
});

test.each([
  ["changed", (cookie: string) => cookie.replace(/\.[\w-]{43}$/, `.${"A".repeat(43)}`)],
  ["made to live longer", (cookie: string) => cookie.replace(/\.\d+\./, ".99999999999.")],
  ["made up", () => "darasa_device=~.~..~a.b.c~%00"],
])("a cookie that was %s makes no known device", async (_what, forge) => {
  const device = forge(deviceOf(await signInWith(api, { email })));
  await guessUntilRefused("203.0.113.1");
  expect((await signInWith(api, { email, address: "203.0.113.1", device })).status).toBe(429);
});

test("a year later a device is unknown again", async () => {
  const device = deviceOf(await signInWith(api, { email }));
  api.advance(365 * 24 * 3_600_000);
  await guessUntilRefused("203.0.113.1");
  expect((await signInWith(api, { email, address: "203.0.113.1", device })).status).toBe(429);
});

test("the cookie of a device is out of reach of scripts and other sites", async () => {
  const answer = await signInWith(api, { email });
  const set = answer.headers.getSetCookie().find((cookie) => cookie.startsWith("darasa_device"));
  for (const attribute of ["HttpOnly", "SameSite=Lax", "Path=/api/auth", "Max-Age=31536000"]) {
    expect(set).toContain(attribute);
  }
});

test("a server without time left counts nobody's attempt", async () => {
  const { passwords } = api.services;
  const { DarasaError } = await import("@darasa/protocol");
  const busy = { ...passwords, verify: () => Promise.reject(new DarasaError("busy")) };
  Object.assign(api.services, { passwords: busy });
  for (let tries = 0; tries < 10; tries += 1) {
    expect((await signInWith(api, { email })).status).toBe(503);
  }
  Object.assign(api.services, { passwords });
  expect((await signInWith(api, { email })).status).toBe(200);
});

test("many guesses at the same time are counted as many", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => signInWith(api, { ...guess, address: "203.0.113.1" })),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
});
