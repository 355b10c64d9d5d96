import { createHash, createHmac } from "node:crypto";

/** Who signs, and when: epoch ms, by default now. */
interface Signer {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly atMs?: number;
}

/** The `Authorization` of a webhook with that body as LiveKit makes it: a token over the body's hash, for 5 minutes. */
export function signLiveKitWebhook(
  body: string,
  { apiKey, apiSecret, atMs = Date.now() }: Signer,
): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const nbf = Math.floor(atMs / 1000);
  const sha256 = createHash("sha256").update(body).digest("base64");
  const claims = { iss: apiKey, nbf, exp: nbf + 300, sha256 };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", apiSecret).update(signed).digest("base64url")}`;
}
