import { hkdfSync } from "node:crypto";
import { importJWK, type CryptoKey, type JWK } from "jose";
import type { Config } from "../config.ts";

/** Every key of the process, imported once. */
export interface SigningKeys {
  readonly kid: string;
  readonly accessPrivate: CryptoKey;
  readonly accessPublic: CryptoKey;
  /** What `/.well-known/jwks.json` publishes: never a private part. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** HS256, shared with realtime. */
  readonly ticket: Uint8Array;
  /** Derives a refresh token's successor (RFC 5869, from the ticket key): never leaves this process. */
  readonly refresh: Uint8Array;
}

/** Imports the configured keys. @throws TypeError when the Ed25519 key is not one. */
export async function loadSigningKeys(
  config: Pick<Config, "ACCESS_TOKEN_KEY" | "TICKET_KEY">,
): Promise<SigningKeys> {
  const { d, ...open } = config.ACCESS_TOKEN_KEY.reveal();
  const published = { ...open, alg: "EdDSA", use: "sig" };
  const ticket = config.TICKET_KEY.reveal();
  return {
    kid: open.kid,
    accessPrivate: await importKey({ ...published, d }),
    accessPublic: await importKey(published),
    jwks: { keys: [published] },
    ticket,
    refresh: new Uint8Array(hkdfSync("sha256", ticket, "", "darasa refresh tokens", 32)),
  };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, "EdDSA");
  if (key instanceof Uint8Array) throw new TypeError("ACCESS_TOKEN_KEY is not an Ed25519 key.");
  return key;
}
