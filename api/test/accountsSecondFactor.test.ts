import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sql } from "@darasa/database";
import * as z from "zod";
import { makeMemoryAttemptDelays } from "../src/attempts/memoryAttemptDelays.ts";
import { resetSecondFactor } from "../src/secondFactor/resetSecondFactor.ts";
import { signInWith } from "./passwordDoor.ts";
import { auditOf } from "./schoolRows.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
beforeEach(() => {
  Object.assign(api.services, { attempts: makeMemoryAttemptDelays(api.services.now) });
  // No test uses the codes of another's half minute.
  api.advance(5 * 60_000);
});
afterAll(() => api.close());

const stepMs = 30_000;

/** What somebody's authenticator shows now, or some half minutes from now. */
function codeOf(secret: string, steps = 0): string {
  const timestamp = api.services.now() + steps * stepMs;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

const begin = (as: Person, password = api.db.password) =>
  api.call("POST /api/me/second-factor", { as, body: { password } });
const confirm = (as: Person, code: string) =>
  api.call("POST /api/me/second-factor/confirm", { as, body: { code } });
const disable = (as: Person, code: string, password = api.db.password) =>
  api.call("POST /api/me/second-factor/disable", { as, body: { password, code } });
const renew = (as: Person, code: string) =>
  api.call("POST /api/me/second-factor/recovery-codes", { as, body: { code } });

/** Sets a second factor up, with nothing used but its first code. */
async function setUp(name: "baraka" | "neema" | "zawadi" | "juma" | "daudi" | "teacher") {
  const person = await api.signIn(name);
  const { secret } = (await begin(person)).body;
  const { recoveryCodes } = (await confirm(person, codeOf(secret))).body;
  api.advance(5 * 60_000);
  return { person: await api.signIn(name), email: `${name}@demo.darasa`, secret, recoveryCodes };
}

describe("setting a second factor up", () => {
  test("asks for nothing until the first code has shown that the authenticator works", async () => {
    const person = await api.signIn("baraka");
    const begun = await begin(person);
    expect(begun.status).toBe(200);
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`);
    expect((await signInWith(api, { email: "baraka@demo.darasa" })).status).toBe(200);

    const wrong = await confirm(person, codeOf(begun.body.secret, 5));
    expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_code"]);
    const confirmed = await confirm(person, codeOf(begun.body.secret));
    expect(confirmed.status).toBe(200);
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await api.call("GET /api/me", { as: person })).body).toMatchObject({
      secondFactor: true,
    });
    const asked = await signInWith(api, { email: "baraka@demo.darasa" });
    expect([asked.status, asked.body.code]).toEqual([401, "second_factor_required"]);
    expect((await auditOf(api, person.id)).at(-1)?.action).toBe("user.secondFactorEnabled");
  });

  test("needs the password, and is done once", async () => {
    const person = await api.signIn("neema");
    expect((await begin(person, "guess")).body.code).toBe("wrong_credentials");
    expect((await confirm(person, "123456")).status).toBe(409);
    const { secret } = (await begin(person)).body;
    const fresh = (await begin(person)).body.secret;
    expect((await confirm(person, codeOf(secret))).status).toBe(401);
    expect((await confirm(person, codeOf(fresh))).status).toBe(200);
    expect((await begin(person)).status).toBe(409);
    expect((await confirm(person, codeOf(fresh, 1))).status).toBe(409);
  });

  test("the database holds neither the secret nor a recovery code", async () => {
    const { person, secret, recoveryCodes } = await setUp("zawadi");
    const row = z.object({ sealed: z.instanceof(Buffer), hashes: z.string() });
    const stored = await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.one(sql.type(row)`
        select u.totp_secret as sealed, string_agg(encode(r.code_hash, 'hex'), ' ') as hashes
        from users u join recovery_codes r using (school_id, user_id)
        where u.user_id = ${person.id} group by u.school_id, u.user_id, u.totp_secret`),
    );
    const plain = Buffer.from(Secret.fromBase32(secret).bytes);
    expect(stored.sealed.includes(plain)).toBe(false);
    for (const code of recoveryCodes) {
      expect(stored.hashes).not.toContain(Buffer.from(code).toString("hex"));
    }
  });
});

describe("signing in with a second factor", () => {
  let email: string;
  let secret: string;
  let recoveryCodes: readonly string[];
  beforeAll(async () => ({ email, secret, recoveryCodes } = await setUp("juma")));

  test("takes the code of now, and each code once", async () => {
    const code = codeOf(secret);
    expect((await signInWith(api, { email, code })).status).toBe(200);
    const again = await signInWith(api, { email, code });
    expect([again.status, again.body.code]).toEqual([401, "wrong_code"]);
    api.advance(stepMs);
    expect((await signInWith(api, { email, code: codeOf(secret) })).status).toBe(200);
    expect((await signInWith(api, { email, code: codeOf(secret, -1) })).status).toBe(401);
  });

  test("the same code from two places at once signs one in", async () => {
    const code = codeOf(secret);
    const answers = await Promise.all([1, 2, 3].map(() => signInWith(api, { email, code })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
  });

  test("a clock that is half a minute off is no trouble, one that is a minute off is", async () => {
    expect((await signInWith(api, { email, code: codeOf(secret, -1) })).status).toBe(200);
    expect((await signInWith(api, { email, code: codeOf(secret, 1) })).status).toBe(200);
    api.advance(5 * 60_000);
    expect((await signInWith(api, { email, code: codeOf(secret, 2) })).status).toBe(401);
    expect((await signInWith(api, { email, code: codeOf(secret, -2) })).status).toBe(401);
  });

  test("a recovery code does as well, once, however it is typed", async () => {
    const [first = "", second = ""] = recoveryCodes;
    expect((await signInWith(api, { email, code: first })).status).toBe(200);
    expect((await signInWith(api, { email, code: first })).body.code).toBe("wrong_code");
    const typed = ` ${second.toUpperCase().replace("-", " ")} `;
    expect((await signInWith(api, { email, code: typed })).status).toBe(200);
  });

  test("a code does not stand in for the password, nor tell that it is right", async () => {
    const answer = await signInWith(api, { email, password: "guess", code: codeOf(secret) });
    expect([answer.status, answer.body.code]).toEqual([401, "wrong_credentials"]);
    const bare = await signInWith(api, { email, password: "guess" });
    expect(bare.body.code).toBe("wrong_credentials");
  });

  test("a recovery code is worth nothing for somebody else", async () => {
    const other = await setUp("daudi");
    const [code = ""] = recoveryCodes.slice(5);
    expect((await signInWith(api, { email: other.email, code })).status).toBe(401);
  });

  test("codes cannot be guessed either, by asking between the guesses even less", async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      statuses.push((await signInWith(api, { email, code: "000000" })).status);
      await signInWith(api, { email });
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(6);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("doing without again", () => {
  test("needs password and code", async () => {
    const { person, secret, email } = await setUp("teacher");
    expect((await disable(person, codeOf(secret), "guess")).body.code).toBe("wrong_credentials");
    expect((await disable(person, "000000")).body.code).toBe("wrong_code");
    expect((await disable(person, codeOf(secret))).status).toBe(204);
    expect((await signInWith(api, { email })).body.user.secondFactor).toBe(false);
    expect((await disable(person, codeOf(secret, 1))).status).toBe(409);
    expect((await auditOf(api, person.id)).at(-1)?.action).toBe("user.secondFactorDisabled");
  });

  test("new recovery codes make the old ones worthless", async () => {
    const { person, secret, email, recoveryCodes } = await setUp("teacher");
    expect((await renew(person, "000000")).body.code).toBe("wrong_code");
    const renewed = await renew(person, codeOf(secret));
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await signInWith(api, { email, code: recoveryCodes[0] ?? "" })).status).toBe(401);
    const [fresh = ""] = renewed.body.recoveryCodes;
    expect((await signInWith(api, { email, code: fresh })).status).toBe(200);
    await api.db.database.inSchool(api.db.schoolId, (tx) => resetSecondFactor(tx, person.id));
    expect((await signInWith(api, { email })).status).toBe(200);
    expect((await renew(person, codeOf(secret, 1))).status).toBe(409);
  });
});
