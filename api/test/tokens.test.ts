import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
});
afterAll(() => api.close());

const minuteMs = 60_000;
const refusal = {
  type: "urn:darasa:problem:unauthenticated",
  title: "Please sign in again.",
  status: 401,
  code: "unauthenticated",
};

const meWith = (token: string) =>
  api.call("GET /api/me", { headers: { authorization: `Bearer ${token}` } });

function expectRefused(answer: Answer): void {
  expect(answer.body).toEqual(refusal);
  expect(answer.status).toBe(401);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("www-authenticate")).toBe("Bearer");
}

type Parts = Record<string, unknown>;

function decode(token: string): { header: Parts; claims: Parts } {
  const [header, claims] = token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as Parts);
  return { header: header ?? {}, claims: claims ?? {} };
}

/** The teacher's own token with changes, signed with our own key: only what was changed can be wrong with it. */
function ours(change: { readonly header?: Parts; readonly claims?: Parts } = {}): Promise<string> {
  const { header, claims } = decode(teacher.token);
  return new SignJWT({ ...claims, ...change.claims })
    .setProtectedHeader({ ...header, ...change.header } as { alg: string })
    .sign(api.services.keys.accessPrivate);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const body = () => teacher.token.split(".")[1] ?? "";
const nowSeconds = () => Math.floor(api.services.now() / 1000);

function hmac(alg: "HS256" | "HS512", secret: string | Uint8Array): string {
  const said = `${part({ ...decode(teacher.token).header, alg })}.${body()}`;
  const digest = createHmac(alg === "HS256" ? "sha256" : "sha512", secret).update(said);
  return `${said}.${digest.digest("base64url")}`;
}

function publicKey(): CryptoKey {
  return [...api.services.keys.accessPublic.values()][0] as CryptoKey;
}

/** Signed with a key of the attacker's, which the header offers. */
async function foreign(offer: (jwk: Parts) => Parts): Promise<string> {
  const { publicKey: open, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const { header, claims } = decode(teacher.token);
  return new SignJWT(claims)
    .setProtectedHeader({ ...header, ...offer({ ...(await exportJWK(open)) }) } as { alg: string })
    .sign(privateKey);
}

describe("a token that is ours", () => {
  test("opens the door: what follows is refused for what was changed alone", async () => {
    expect((await meWith(await ours())).status).toBe(200);
  });
});

describe("tokens that are none", () => {
  const cases: Record<string, () => Promise<string> | string> = {
    "alg none": () => `${part({ ...decode(teacher.token).header, alg: "none" })}.${body()}.`,
    "alg None": () => `${part({ ...decode(teacher.token).header, alg: "None" })}.${body()}.`,
    "alg nOnE": () => `${part({ alg: "nOnE", typ: "JWT" })}.${body()}.`,
    "no signature": () => teacher.token.split(".").slice(0, 2).join("."),
    "HS256 by the public key as text": async () => hmac("HS256", await exportSPKI(publicKey())),
    "HS256 by the public key's bytes": async () => {
      const { x = "" } = await exportJWK(publicKey());
      return hmac("HS256", Buffer.from(x, "base64url"));
    },
    "HS512 by an empty key": () => hmac("HS512", ""),
    "HS256 by the ticket key": () => hmac("HS256", api.services.config.TICKET_KEY.reveal()),
    "RS256 by a key of their own": () => {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const said = `${part({ ...decode(teacher.token).header, alg: "RS256" })}.${body()}`;
      return `${said}.${sign("sha256", Buffer.from(said), privateKey).toString("base64url")}`;
    },
    "another Ed25519 key under our kid": () => foreign(() => ({})),
    "an unknown kid": () => ours({ header: { kid: "unknown" } }),
    "a kid that is a path": () => ours({ header: { kid: "../../../../dev/null" } }),
    "a kid that is SQL": () => ours({ header: { kid: "test' or '1'='1" } }),
    "a kid of every object": () => ours({ header: { kid: "__proto__" } }),
    "no kid": () => ours({ header: { kid: undefined } }),
    "a key in the header": () => foreign((jwk) => ({ jwk })),
    "a key in the header, under its own kid": () => foreign((jwk) => ({ jwk, kid: "mine" })),
    "an address of keys in the header": () =>
      foreign(() => ({ jku: "https://evil.example/jwks.json", kid: "mine" })),
    "a certificate in the header": () => foreign(() => ({ x5u: "https://evil.example/x5u" })),
    "another type": () => ours({ header: { typ: "at+jwt" } }),
    "a critical header that nobody knows": async () => {
      const header = { ...decode(teacher.token).header, crit: ["darasa"], darasa: true };
      const said = `${part(header)}.${body()}`;
      const key = api.services.keys.accessPrivate;
      const signature = await crypto.subtle.sign("Ed25519", key, Buffer.from(said));
      return `${said}.${Buffer.from(signature).toString("base64url")}`;
    },
    "another audience": () => ours({ claims: { aud: "gateway" } }),
    "no audience": () => ours({ claims: { aud: undefined } }),
    "another issuer": () => ours({ claims: { iss: "elsewhere" } }),
    "no issuer": () => ours({ claims: { iss: undefined } }),
    expired: () => ours({ claims: { iat: 1_600_000_000, exp: 1_600_000_900 } }),
    "not yet valid": () => ours({ claims: { nbf: nowSeconds() + 120 } }),
    "from the future": () =>
      ours({ claims: { iat: nowSeconds() + 120, exp: nowSeconds() + 1_000 } }),
    "no expiry": () => ours({ claims: { exp: undefined } }),
    "a huge expiry": () => ours({ claims: { exp: 9_007_199_254_740_991 } }),
    "an expiry beyond numbers": () => ours({ claims: { exp: 1e300 } }),
    "a negative expiry": () => ours({ claims: { exp: -1 } }),
    "an expiry with a fraction": () => ours({ claims: { exp: nowSeconds() + 600.5 } }),
    "an expiry in words": () => ours({ claims: { exp: "tomorrow" } }),
    "a longer life than ours": () => ours({ claims: { exp: nowSeconds() + 3_600 } }),
    "somebody else's sign-in": async () =>
      ours({ claims: { signIn: decode((await api.signIn("baraka")).token).claims["signIn"] } }),
    "somebody else's id": () => ours({ claims: { sub: api.db.people.admin.userId } }),
    "another school": () => ours({ claims: { school: api.db.neighbour.schoolId } }),
    "a sign-in that never was": () =>
      ours({ claims: { signIn: "00000000-0000-4000-8000-000000000000" } }),
    "an id that is SQL": () => ours({ claims: { signIn: "' or 1=1" } }),
    "a role that is none": () => ours({ claims: { role: "operator" } }),
    "a truncated signature": () => teacher.token.slice(0, -8),
    "a signature with more behind it": () => `${teacher.token}AAAA`,
    "claims that were doubled": () => {
      const [head = "", , signature = ""] = teacher.token.split(".");
      const claims = Buffer.from(body(), "base64url").toString();
      const doubled = claims.replace("}", ',"role":"super_admin"}');
      return `${head}.${Buffer.from(doubled).toString("base64url")}.${signature}`;
    },
    "a changed claim": () => {
      const [head = "", , signature = ""] = teacher.token.split(".");
      const claims = Buffer.from(body(), "base64url").toString();
      const changed = claims.replace('"role":"teacher"', '"role":"super_admin"');
      return `${head}.${Buffer.from(changed).toString("base64url")}.${signature}`;
    },
    "100 KB of text": () => "x".repeat(100_000),
    "100 KB that look like one": () => `${teacher.token}${"A".repeat(100_000)}`,
    "a gateway ticket": async () =>
      (await api.call("POST /api/realtime/ticket", { as: teacher, body: { audience: "gateway" } }))
        .body.ticket,
    "a refresh token": () => teacher.cookie.split("=")[1] ?? "",
    "a token of a video server": () =>
      new SignJWT({ video: { roomJoin: true }, sub: teacher.id })
        .setProtectedHeader({ alg: "HS256" })
        .setIssuer("darasa")
        .setExpirationTime("1h")
        .sign(Buffer.alloc(32, 1)),
  };

  test.each(Object.keys(cases))("%s", async (name) => {
    const token = (await cases[name]?.()) ?? "";
    expectRefused(await meWith(token));
  });

  test.each(["", "Bearer", "Bearer ", "Basic YTpi", "bearer", "Bearer a b c"])(
    "the header %j",
    async (authorization) =>
      expectRefused(await api.call("GET /api/me", { headers: { authorization } })),
  );

  test("a token in the address", async () => {
    const query = `token=${teacher.token}&access_token=${teacher.token}`;
    expectRefused(await api.call(`GET /api/me?${query}`));
  });
});

describe("the clock", () => {
  test("a token lives a quarter of an hour, and a minute more for clocks that differ", async () => {
    const fresh = await api.signIn("neema");
    api.advance(15 * minuteMs + 59_000);
    expect((await meWith(fresh.token)).status).toBe(200);
    api.advance(minuteMs);
    expectRefused(await meWith(fresh.token));
    teacher = await api.signIn("teacher");
  });

  test.each([-10, 10])(
    "set %i minutes off, it takes no old token for a new one",
    async (minutes) => {
      const before = await api.signIn("neema");
      api.advance(minutes * minuteMs);
      const isAhead = minutes < 0;
      // Ahead of us by ten minutes is too far; ten minutes later it is merely older.
      expect((await meWith(before.token)).status).toBe(isAhead ? 401 : 200);
      api.advance(6 * minuteMs);
      expectRefused(await meWith(before.token));
      // Nobody has to give a password for that: the cookie still holds.
      const headers = { cookie: before.cookie, "sec-fetch-site": "same-origin" };
      const renewed = await api.call("POST /api/auth/refresh", { headers });
      expect(renewed.status).toBe(200);
      expect((await meWith(renewed.body.accessToken)).status).toBe(200);
      api.advance(-(minutes + 6) * minuteMs);
      teacher = await api.signIn("teacher");
    },
  );

  test("a minute apart is no trouble", async () => {
    const before = await api.signIn("neema");
    api.advance(-minuteMs);
    expect((await meWith(before.token)).status).toBe(200);
    api.advance(minuteMs);
  });
});
