import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { sql } from "@darasa/database";
import type { LiveClassId, ParticipantId, SchoolId } from "@darasa/protocol";
import { decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { jitsiVideo } from "../src/media/jitsi/jitsiVideo.ts";
import { loadMediaServers, sealMediaServers } from "../src/media/mediaServers.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

function makePair(modulusLength = 2_048) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength });
  return {
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
const base64 = (text: string) => Buffer.from(text).toString("base64");
const settings = (privatePem: string, publicPem: string) => ({
  JITSI_DOMAIN: "meet.example.org",
  JITSI_APP_ID: "darasa",
  JITSI_PRIVATE_KEY: base64(privatePem),
  JITSI_PUBLIC_KEY: base64(publicPem),
});
const askFor = (kid: string) => `${createHash("sha256").update(kid).digest("hex")}.pem`;

const [current, previous, own] = [makePair(), makePair(), makePair()];

let api: TestApi;
let schoolId: SchoolId;
beforeAll(async () => {
  api = await createTestApi(
    settings(current.privatePem, `${current.publicPem}${previous.publicPem}`),
  );
  schoolId = api.db.schoolId as SchoolId;
});
afterAll(() => api.close());

async function newToken(): Promise<string> {
  const { services } = api;
  const { jitsi } = await services.database.inSchool(schoolId, (tx) =>
    loadMediaServers(services, tx, schoolId),
  );
  if (jitsi === null) throw new Error("no Jitsi is set up");
  const video = await jitsiVideo(services, jitsi, {
    schoolId,
    liveClassId: services.newId() as LiveClassId,
    participantId: services.newId() as ParticipantId,
    name: "Amina",
    role: "student",
    sources: [],
  });
  return video.provider === "jitsi" ? video.token : "";
}

function isSignedBy(token: string, pem: string): boolean {
  const [header, claims, signature = ""] = token.split(".");
  return verify(
    "sha256",
    Buffer.from(`${header ?? ""}.${claims ?? ""}`),
    createPublicKey(pem),
    Buffer.from(signature, "base64url"),
  );
}

describe("the keys that a Jitsi asks for", () => {
  it("a token's key lies under the hash of its kid, for five minutes in every cache", async () => {
    const token = await newToken();
    const { kid = "" } = decodeProtectedHeader(token);
    const answer = await api.call(`GET /api/media/jitsi/keys/${askFor(kid)}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.text).toBe(current.publicPem);
    expect(isSignedBy(token, answer.text)).toBe(true);
  });

  it("those on their way out are published too, and no private part of any", async () => {
    const { body, text, headers } = await api.call("GET /api/media/jitsi/jwks.json");
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    expect(body.keys).toHaveLength(2);
    for (const key of body.keys) {
      const { kid } = key as { kid: string };
      expect(Object.keys(key).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      const { status } = await api.call(`GET /api/media/jitsi/keys/${askFor(kid)}`);
      expect(status).toBe(200);
    }
    expect(text).not.toContain("PRIVATE");
  });

  it.each([askFor("unknown"), "..%2f..%2fkey.pem", "jwks.pem", askFor("unknown").toUpperCase()])(
    "there is nothing under %s",
    async (file) => {
      expect((await api.call(`GET /api/media/jitsi/keys/${file}`)).status).toBe(404);
    },
  );

  it("a school with a Jitsi of its own has its own place; another school's shows the shared one", async () => {
    const keys = (id: string) => api.call(`GET /api/media/jitsi/schools/${id}/jwks.json`);
    const shared = (await api.call("GET /api/media/jitsi/jwks.json")).text;
    expect((await keys(schoolId)).text).toBe(shared);
    const sealed = sealMediaServers(api.services.keys.mediaServers, schoolId, {
      servers: {
        jitsi: {
          domain: "meet.school.example",
          appId: "school",
          signing: { kind: "keyPair", privateKey: own.privatePem, publicKey: own.publicPem },
          webhookSecret: null,
        },
      },
      iv: api.services.randomBytes(12),
    });
    await api.services.database.inSchool(schoolId, (tx) =>
      tx.query(sql.unsafe`update schools set media_servers = ${sql.binary(sealed)}`),
    );
    const { kid = "" } = decodeProtectedHeader(await newToken());
    const place = `/api/media/jitsi/schools/${schoolId}/keys/${askFor(kid)}`;
    expect((await api.call(`GET ${place}`)).text).toBe(own.publicPem);
    expect((await api.call(`GET /api/media/jitsi/keys/${askFor(kid)}`)).status).toBe(404);
    expect((await keys(schoolId)).body.keys).toHaveLength(1);
    expect((await keys(api.services.newId())).status).toBe(404);
  });
});

test.each([
  ["the halves of two pairs", settings(current.privatePem, previous.publicPem)],
  ["a short key", settings(makePair(1_024).privatePem, makePair(1_024).publicPem)],
  ["no key at all", settings("-----BEGIN NOTHING-----", "-----BEGIN NOTHING-----")],
])("%s are no setting: the program does not start", async (_what, environment) => {
  await expect(createTestApi(environment)).rejects.toThrow(/Jitsi|JITSI/);
});

test("where tokens are signed with a secret, there is nothing to publish", async () => {
  const secret = await createTestApi({
    JITSI_DOMAIN: "meet.example.org",
    JITSI_APP_ID: "darasa",
    JITSI_APP_SECRET: "a secret that is long enough for HS256",
  });
  try {
    expect((await secret.call("GET /api/media/jitsi/jwks.json")).body.keys).toEqual([]);
  } finally {
    await secret.close();
  }
});
