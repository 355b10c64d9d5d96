import { createPrivateKey, createPublicKey } from "node:crypto";
import { loadJitsiKeys } from "../../src/media/jitsi/jitsiKeys.ts";
import type { JitsiIssuer } from "../../src/tokens/signJitsiToken.ts";
import type { Admittance } from "./prosodyRules.ts";
import type { JitsiDoor } from "./jitsiTokens.contract.ts";
import { signInToXmpp, type XmppPlace, type XmppSession } from "./xmppClient.ts";

/** How long a Prosody may think before it counts as hanging. */
const patienceMs = 3_000;

/** Stands in for Jicofo, without whom no room is there: `focus@auth.meet.jitsi` and its password. */
export interface Focus {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

/** A Prosody of a Jitsi somewhere, named by the environment; null: none is. `jitsi/README.md` has the variables. */
export function namedProsody(environment: NodeJS.ProcessEnv): (() => Promise<JitsiDoor>) | null {
  const { JITSI_PROSODY_URL: url, JITSI_PROSODY_DOMAIN: domain = "meet.jitsi" } = environment;
  if (!url) return null;
  const place = {
    url,
    domain,
    mucDomain: environment["JITSI_PROSODY_MUC_DOMAIN"] ?? `muc.${domain}`,
  };
  return async () => ({
    ...(await readKeys(environment, domain)),
    checksDomain: environment["JITSI_PROSODY_CHECKS_DOMAIN"] === "true",
    nowMs: Date.now,
    ...(await openDoor(place, readFocus(environment["JITSI_PROSODY_FOCUS"]))),
  });
}

async function readKeys(
  environment: NodeJS.ProcessEnv,
  domain: string,
): Promise<Pick<JitsiDoor, "issuer" | "keys">> {
  const issuer = (key: JitsiIssuer["key"]) => ({
    domain,
    appId: environment["JITSI_APP_ID"] ?? "darasa",
    key,
  });
  const { JITSI_APP_SECRET: secret, JITSI_PRIVATE_KEY: encoded } = environment;
  if (secret !== undefined) {
    return {
      issuer: issuer({ algorithm: "HS256", secret: Buffer.from(secret) }),
      keys: { secret },
    };
  }
  const privatePem = Buffer.from(encoded ?? "", "base64").toString();
  const privateKey = createPrivateKey(privatePem);
  const publicPem = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
  const keys = await loadJitsiKeys(privatePem, publicPem);
  return {
    issuer: issuer({ algorithm: "RS256", kid: keys.kid, privateKey: keys.privateKey }),
    keys: { privateKey, publicPem },
  };
}

function readFocus(text: string | undefined): Focus | null {
  const [, user, domain, password] = /^([^@]+)@([^:]+):(.+)$/.exec(text ?? "") ?? [];
  if (user === undefined || domain === undefined || password === undefined) return null;
  return { user, domain, password };
}

/** Opens each room before somebody tries it, where there is somebody to do so. */
export async function openDoor(
  place: XmppPlace,
  focus: Focus | null,
): Promise<Pick<JitsiDoor, "tryEntrance" | "close">> {
  const keeper = focus === null ? null : await openKeeper(place, focus);
  return {
    tryEntrance: async (token, room) => {
      await keeper?.enter(room);
      return tryEntrance(place, token, room);
    },
    close: () => {
      keeper?.close();
      return Promise.resolve();
    },
  };
}

async function openKeeper(place: XmppPlace, focus: Focus): Promise<XmppSession> {
  const { domain, ...login } = focus;
  const entry = await signInToXmpp(place, { login, domain, patienceMs });
  if (entry.kind === "session") return entry.session;
  throw new Error(`JITSI_PROSODY_FOCUS could not sign in: ${entry.why}`);
}

/** What a real Prosody does with somebody who comes with that token. */
export async function tryEntrance(
  place: XmppPlace,
  token: string | null,
  room: string,
): Promise<Admittance> {
  const entry = await signInToXmpp(place, { login: { token }, patienceMs });
  if (entry.kind === "refused") return { outcome: "refused", why: entry.why };
  const entrance = await entry.session.enter(room);
  entry.session.close();
  if (entrance === null) return { outcome: "hangs" };
  if (entrance.kind === "error") return { outcome: "keptOut", why: entrance.condition };
  return { outcome: "joined", affiliation: entrance.affiliation, role: entrance.role };
}
