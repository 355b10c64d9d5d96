import { generateKeyPairSync } from "node:crypto";
import { loadJitsiKeys } from "../../src/media/jitsi/jitsiKeys.ts";
import { startServer } from "../../src/server.ts";
import { createTestApi } from "../testApi.ts";
import type { JitsiDoor } from "./jitsiTokens.contract.ts";
import { openDoor } from "./prosodyDoor.ts";
import { domains } from "./prosodySettings.ts";
import { startProsody, type TestProsody } from "./startProsody.ts";

const appId = "darasa";
/** Of those whom nobody listens to: port 9 discards. */
const dotEnv = {
  JITSI_APP_ID: appId,
  DARASA_URL: "http://127.0.0.1:9",
  JITSI_WEBHOOK_SECRET: "of a Jitsi that nobody listens to",
};

/** A Prosody with those plugins that shares a secret with us, and does not look at `sub`. */
export async function startSecretDoor(plugins: readonly string[]): Promise<JitsiDoor> {
  const secret = "of a Jitsi and of Darasa, and of nobody else";
  const prosody = await startProsody(plugins, { ...dotEnv, JITSI_APP_SECRET: secret });
  return {
    issuer: {
      domain: "meet.example.org",
      appId,
      key: { algorithm: "HS256", secret: Buffer.from(secret) },
    },
    keys: { secret },
    checksDomain: false,
    nowMs: Date.now,
    ...(await openClosing(prosody)),
  };
}

/** A Prosody with those plugins that asks our API for our keys, and looks at `sub`. */
export async function startKeyServerDoor(plugins: readonly string[]): Promise<JitsiDoor> {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const publicPem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  const privatePem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const api = await createTestApi({
    JITSI_DOMAIN: domains.people,
    JITSI_APP_ID: appId,
    JITSI_PRIVATE_KEY: base64(privatePem),
    JITSI_PUBLIC_KEY: base64(publicPem),
    PORT: "0",
  });
  const server = await startServer(api.services);
  const keyServer = {
    JWT_SIGN_TYPE: "RS256",
    JITSI_APP_SECRET: "",
    JITSI_KEY_SERVER: `${server.url}/api/media/jitsi/keys`,
  };
  const checks = { JWT_ENABLE_DOMAIN_VERIFICATION: "true" };
  const prosody = await startProsody(plugins, { ...dotEnv, ...keyServer }, checks);
  const { kid, privateKey } = await loadJitsiKeys(privatePem, publicPem);
  const door = await openClosing(prosody);
  return {
    issuer: { domain: domains.people, appId, key: { algorithm: "RS256", kid, privateKey } },
    keys: { privateKey: pair.privateKey, publicPem },
    checksDomain: true,
    nowMs: Date.now,
    ...door,
    async close() {
      await door.close();
      await server.close();
      await api.close();
    },
  };
}

/** Its door, with which it goes. */
async function openClosing(
  prosody: TestProsody,
): Promise<Pick<JitsiDoor, "tryEntrance" | "close">> {
  const door = await openDoor(prosody.place, prosody.focus);
  return {
    ...door,
    async close() {
      await door.close();
      await prosody.close();
    },
  };
}
