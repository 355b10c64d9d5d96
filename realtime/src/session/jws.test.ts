import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { limits } from "@darasa/protocol";
import { jwtVerify, SignJWT } from "jose";
import { expect, test } from "vitest";
import { signJws, verifyJws } from "./jws.ts";
import { makeTicketKey } from "./ticketKey.ts";

const secret = new Uint8Array(32).fill(7);
const key = makeTicketKey(secret);
const claims = { sub: "amina", school: "shule" };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token with this header, signed with our key whatever the header says. */
function tokenWith(header: unknown, payload = encode(claims)): string {
  const signed = `${encode(header)}.${payload}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

test("[T1] what the API's library signs is read, and what is signed here is read by that library", async () => {
  const theirs = await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(secret);
  expect(verifyJws(theirs, key)).toEqual(claims);
  const { payload } = await jwtVerify(signJws(claims, key), secret);
  expect(payload).toEqual(claims);
});

test("[B1] only HS256 is taken, whatever a header asks for", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const rsaSigned = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  const rsa = createSign("RSA-SHA256").update(rsaSigned).sign(privateKey, "base64url");
  const publicPem = publicKey.export({ type: "spki", format: "pem" });
  const confused = createHmac("sha256", publicPem).update(rsaSigned).digest("base64url");
  const refused = [
    `${encode({ alg: "none" })}.${encode(claims)}.`,
    `${rsaSigned}.${rsa}`,
    `${rsaSigned}.${confused}`,
    ...["none", "None", "HS384", "RS256", "hs256", ["HS256"], null].map((alg) =>
      tokenWith({ alg }),
    ),
    tokenWith({ typ: "JWT" }),
    tokenWith({ alg: "HS256", crit: ["exp"], exp: 1 }),
    tokenWith({ alg: "HS256", b64: false, crit: ["b64"] }),
    tokenWith(["HS256"]),
    tokenWith("HS256"),
    tokenWith(null),
  ];
  for (const token of refused) expect(verifyJws(token, key), token).toBeNull();
  expect(verifyJws(tokenWith({ alg: "HS256" }), key)).toEqual(claims);
});

test("[B1] a header may name a key, and nothing is looked up by it", () => {
  const named = tokenWith({ alg: "HS256", kid: "../../dev/null", jku: "https://example.org/keys" });
  expect(verifyJws(named, key)).toEqual(claims);
  const [header = "", payload = ""] = named.split(".");
  const empty = createHmac("sha256", "").update(`${header}.${payload}`).digest("base64url");
  expect(verifyJws(`${header}.${payload}.${empty}`, key)).toBeNull();
});

test("[B1] a signature that is cut short, longer, of another key or of other claims is none", () => {
  const token = signJws(claims, key);
  const [header = "", payload = "", signature = ""] = token.split(".");
  const other = makeTicketKey(new Uint8Array(32).fill(8));
  const forged = encode({ ...claims, sub: "baraka" });
  for (const bad of [
    `${header}.${payload}.`,
    `${header}.${payload}`,
    `${header}.${payload}.${signature.slice(0, -1)}`,
    `${header}.${payload}.${signature.slice(0, 22)}`,
    `${token}A`,
    `${token}=`,
    `${token}.`,
    `${header}.${forged}.${signature}`,
    signJws(claims, other),
    `${header}..${signature}`,
    "..",
    "",
    token.toUpperCase(),
  ]) {
    expect(verifyJws(bad, key), bad).toBeNull();
  }
});

test("[B1] a token of 100 KB is not even hashed", () => {
  const token = signJws({ ...claims, filling: "x".repeat(100_000) }, key);
  expect(token.length).toBeGreaterThan(limits.maxHelloBytes);
  expect(verifyJws(token, key)).toBeNull();
});

test("[B1] of a claim that stands there twice the later one counts, and what is no JSON is nothing", () => {
  const twice = Buffer.from('{"sub":"amina","sub":"baraka"}').toString("base64url");
  expect(verifyJws(tokenWith({ alg: "HS256" }, twice), key)).toEqual({ sub: "baraka" });
  expect(verifyJws(tokenWith({ alg: "HS256" }, "bm90IGpzb24"), key)).toBeNull();
});
