import { createHash, generateKeyPairSync } from "node:crypto";
import * as z from "zod";

const dayMs = 24 * 60 * 60 * 1000;
const signsForMs = 30 * dayMs;
/** Far longer than any token lives. */
const believedForMs = dayMs;

const text = z.string().min(1);

/** An Ed25519 private JWK with `kid`. */
export const accessTokenKeySchema = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  kid: text,
  x: text,
  d: text,
});

/** A key with its age, in epoch ms. */
export const agedKeySchema = z.object({
  key: accessTokenKeySchema,
  madeAtMs: z.int(),
  /** When another took its place; absent for the one that signs. */
  replacedAtMs: z.int().optional(),
});

/** A key that signs access tokens, or did until its successor was made. */
export type AgedKey = z.infer<typeof agedKeySchema>;

/**
 * The keys as they should be from now on, the one that signs first: after 30 days it gets a successor, and is
 * believed for a day more, so that nobody is signed out by the change.
 */
export function rotateAccessTokenKeys(keys: readonly AgedKey[], nowMs: number): AgedKey[] {
  const [signing, ...replaced] = keys;
  const believed = replaced.filter(({ replacedAtMs = 0 }) => nowMs - replacedAtMs < believedForMs);
  if (!signing) return [makeAgedKey(nowMs)];
  if (nowMs - signing.madeAtMs < signsForMs) return [signing, ...believed];
  return [makeAgedKey(nowMs), { ...signing, replacedAtMs: nowMs }, ...believed];
}

/** `kid` is the key's thumbprint (RFC 7638; the members of an OKP key are those of RFC 8037 §2). */
function makeAgedKey(nowMs: number): AgedKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { x = "", d = "" } = privateKey.export({ format: "jwk" });
  const members = JSON.stringify({ crv: "Ed25519", kty: "OKP", x });
  const kid = createHash("sha256").update(members).digest("base64url");
  return { key: { kty: "OKP", crv: "Ed25519", kid, x, d }, madeAtMs: nowMs };
}
