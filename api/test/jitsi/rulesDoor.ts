import { generateKeyPairSync } from "node:crypto";
import { loadJitsiKeys } from "../../src/media/jitsi/jitsiKeys.ts";
import type { JitsiDoor } from "./jitsiTokens.contract.ts";
import { admit, type ProsodyRules } from "./prosodyRules.ts";

const domain = "meet.example.org";
const appId = "darasa";
const nowSeconds = 1_780_000_000;

const shared = {
  nowMs: () => nowSeconds * 1000,
  close: () => Promise.resolve(),
};

const tryRules =
  (rules: Pick<ProsodyRules, "secret" | "findKey" | "xmppDomain">): JitsiDoor["tryEntrance"] =>
  (token, room) =>
    Promise.resolve(admit({ ...rules, appId, audiences: [appId], nowSeconds }, token, room));

/** The rules of a Prosody that shares a secret with us, and does not look at `sub`. */
export function makeSecretDoor(): Promise<JitsiDoor> {
  const secret = "of a Jitsi and of Darasa, and of nobody else";
  return Promise.resolve({
    ...shared,
    issuer: { domain, appId, key: { algorithm: "HS256", secret: Buffer.from(secret) } },
    keys: { secret },
    checksDomain: false,
    tryEntrance: tryRules({ secret, findKey: null, xmppDomain: null }),
  });
}

/** The rules of a Prosody that asks our key server, and looks at `sub`. */
export async function makeKeyServerDoor(): Promise<JitsiDoor> {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const publicPem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  const privatePem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const { kid, privateKey, published } = await loadJitsiKeys(privatePem, publicPem);
  return {
    ...shared,
    issuer: { domain: `${domain}:8443`, appId, key: { algorithm: "RS256", kid, privateKey } },
    keys: { privateKey: pair.privateKey, publicPem },
    checksDomain: true,
    tryEntrance: tryRules({
      secret: null,
      xmppDomain: domain,
      findKey: (wanted) => published.find((key) => key.kid === wanted)?.pem ?? null,
    }),
  };
}
