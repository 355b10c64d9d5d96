import { hkdfSync } from "node:crypto";
import { importJWK, type CryptoKey, type JWK } from "jose";
import type { Config } from "../config.ts";

/** Every key of the process, imported once. */
export interface SigningKeys {
  /** Of the key that signs. */
  readonly kid: string;
  readonly accessPrivate: CryptoKey;
  /** By `kid`: the one that signs, and those whose tokens are still about. */
  readonly accessPublic: ReadonlyMap<string, CryptoKey>;
  /** What `/.well-known/jwks.json` publishes: never a private part. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** HS256, shared with realtime; imported, because to import it takes as long as to sign. */
  readonly ticket: CryptoKey;
  /** Derives a refresh token's successor (RFC 5869, from the ticket key): never leaves this process. */
  readonly refresh: Uint8Array;
  /** Signs the cookie of a known device. */
  readonly device: Uint8Array;
  /** Encrypts the secrets of second factors in the database. */
  readonly secondFactor: Uint8Array;
  /** Encrypts the secrets of schools' own media servers in the database. */
  readonly mediaServers: Uint8Array;
  /** Hashes recovery codes: they are too short for a hash that everybody can compute. */
  readonly recoveryCodes: Uint8Array;
}

const ticketAlgorithm = { name: "HMAC", hash: "SHA-256" };

/** Imports the configured keys. @throws TypeError when an Ed25519 key is not one. */
export async function loadSigningKeys(
  config: Pick<Config, "ACCESS_TOKEN_KEY" | "TICKET_KEY" | "DATA_KEY">,
): Promise<SigningKeys> {
  const [signing, ...older] = config.ACCESS_TOKEN_KEY.reveal();
  const published = [signing, ...older].map(({ kty, crv, kid, x }) => ({
    kty,
    crv,
    kid,
    x,
    alg: "EdDSA",
    use: "sig",
  }));
  const ticket = config.TICKET_KEY.reveal();
  const data = config.DATA_KEY.reveal();
  return {
    kid: signing.kid,
    accessPrivate: await importKey({ ...signing, alg: "EdDSA" }),
    accessPublic: new Map(
      await Promise.all(published.map(async (key) => [key.kid, await importKey(key)] as const)),
    ),
    jwks: { keys: published },
    ticket: await crypto.subtle.importKey("raw", ticket, ticketAlgorithm, false, ["sign"]),
    refresh: deriveKey(ticket, "darasa refresh tokens"),
    device: deriveKey(data, "darasa known devices"),
    secondFactor: deriveKey(data, "darasa second factors"),
    mediaServers: deriveKey(data, "darasa media servers"),
    recoveryCodes: deriveKey(data, "darasa recovery codes"),
  };
}

/** A key of 32 bytes for one purpose alone (HKDF with SHA-256, RFC 5869). */
function deriveKey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, "", purpose, 32));
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, "EdDSA");
  if (key instanceof Uint8Array) throw new TypeError("ACCESS_TOKEN_KEY is not an Ed25519 key.");
  return key;
}
