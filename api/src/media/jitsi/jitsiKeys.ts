import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, importPKCS8, type CryptoKey, type JWK } from "jose";
import type { Config } from "../../config.ts";

/** One published key. */
export interface JitsiPublicKey {
  /** Its thumbprint (RFC 7638): the same key has the same id on every process. */
  readonly kid: string;
  /** SPKI (RFC 7468 §13). */
  readonly pem: string;
  readonly jwk: JWK;
}

/** The pair that signs, and every key whose tokens may still be about. */
export interface JitsiKeys {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly published: readonly JitsiPublicKey[];
}

/** RFC 8301 §3.2 and RFC 7518 §3.3 ask for as much. */
const minModulusBits = 2_048;

/**
 * The keys of those PEM texts. The public one may be several, one after the other: that of the private key must be
 * among them, the others are on their way in or out.
 * @throws TypeError when a key is none, is not RSA of at least 2,048 bits, or when the halves do not match
 */
export async function loadJitsiKeys(privatePem: string, publicPem: string): Promise<JitsiKeys> {
  const privateKey = readRsaKey(() => createPrivateKey(privatePem));
  const published = await Promise.all(
    splitPem(publicPem).map((pem) => publish(readRsaKey(() => createPublicKey(pem)))),
  );
  const own = await publish(createPublicKey(privateKey));
  if (!published.some(({ kid }) => kid === own.kid)) {
    throw new TypeError("JITSI_PUBLIC_KEY is not that of JITSI_PRIVATE_KEY.");
  }
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { kid: own.kid, privateKey: await importPKCS8(pkcs8, "RS256"), published };
}

/** Rejects with TypeError when the environment names keys that `loadJitsiKeys` does not take. */
export async function checkJitsiKeys(
  config: Pick<Config, "JITSI_PRIVATE_KEY" | "JITSI_PUBLIC_KEY">,
): Promise<void> {
  const { JITSI_PRIVATE_KEY: privatePem, JITSI_PUBLIC_KEY: publicPem } = config;
  if (privatePem && publicPem) await loadJitsiKeys(privatePem.reveal(), publicPem);
}

/** Under which name Prosody asks a key server for a key: the SHA-256 of its id in hex, and `.pem`. */
export function asapFileName(kid: string): string {
  return `${createHash("sha256").update(kid).digest("hex")}.pem`;
}

async function publish(key: KeyObject): Promise<JitsiPublicKey> {
  const jwk = await exportJWK(key);
  const kid = await calculateJwkThumbprint(jwk);
  const pem = key.export({ type: "spki", format: "pem" }).toString();
  return { kid, pem, jwk: { ...jwk, kid, alg: "RS256", use: "sig" } };
}

function splitPem(text: string): string[] {
  const found = text.match(/-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----/g);
  if (found === null) throw new TypeError("JITSI_PUBLIC_KEY is not a PEM.");
  return found;
}

function readRsaKey(read: () => KeyObject): KeyObject {
  const key = readKey(read);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < minModulusBits) {
    throw new TypeError("The keys of Jitsi must be RSA of at least 2,048 bits.");
  }
  return key;
}

/** What OpenSSL says of a key may quote it: only that it is none goes on. */
function readKey(read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    throw new TypeError("A key of Jitsi is not a PEM that can be read.");
  }
}
