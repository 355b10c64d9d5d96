import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose";
import { expect, test } from "vitest";
import { createTestApi } from "./testApi.ts";

const newKey = (kid: string) => {
  const { privateKey } = generateKeyPairSync("ed25519");
  return { ...privateKey.export({ format: "jwk" }), kid };
};
const privateOf = (jwk: JsonWebKey) => createPrivateKey({ key: jwk, format: "jwk" });

test("the first signs, the others' tokens are still believed, and all are published", async () => {
  const [old, next, stranger] = [newKey("old"), newKey("next"), newKey("stranger")];
  const rotated = await createTestApi({
    ACCESS_TOKEN_KEY: JSON.stringify({ keys: [next, old] }),
  });
  try {
    const person = await rotated.signIn("teacher");
    const claims = decodeJwt(person.token);
    expect(decodeProtectedHeader(person.token).kid).toBe("next");
    const call = (token: string) =>
      rotated.call("GET /api/me", { headers: { authorization: `Bearer ${token}` } });
    const signed = (jwk: JsonWebKey & { kid: string }) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: jwk.kid })
        .sign(privateOf(jwk));
    expect((await call(await signed(old))).status).toBe(200);
    expect((await call(await signed(next))).status).toBe(200);
    expect((await call(await signed(stranger))).status).toBe(401);
    expect((await call(await signed({ ...stranger, kid: "old" }))).status).toBe(401);

    const published = await rotated.call("GET /.well-known/jwks.json");
    expect(published.body.keys).toMatchObject([{ kid: "next" }, { kid: "old" }]);
    expect(published.text).not.toContain('"d"');
  } finally {
    await rotated.close();
  }
});

test.each([
  ["no key", { keys: [] }],
  ["two of the same kid", { keys: [newKey("one"), newKey("one")] }],
])("a set with %s is no setting", async (_what, set) => {
  await expect(createTestApi({ ACCESS_TOKEN_KEY: JSON.stringify(set) })).rejects.toThrow(
    "ACCESS_TOKEN_KEY",
  );
});
