import { uuidPattern, schoolRoles } from "@darasa/protocol";
import { errors, jwtVerify, SignJWT, type CryptoKey } from "jose";
import * as z from "zod";
import type { User } from "../accounts/user.ts";
import type { SigningKeys } from "./signingKeys.ts";

/** How long an access token is worth something. */
export const accessTokenLifetimeSeconds = 15 * 60;

const issuer = "darasa";
const audience = "darasa-api";
/** Longer ones are not read at all: ours have some 500 bytes. */
const maxTokenLength = 4_096;

/** How far the clocks of two of our own machines may be apart. */
const maxClockSkewSeconds = 60;

const uuid = z.string().regex(uuidPattern);

const claimsSchema = z.object({
  iat: z.int(),
  exp: z.int(),
  sub: uuid,
  school: uuid,
  role: z.enum([...schoolRoles, "guest"]),
  name: z.string(),
  signIn: uuid,
  guestOf: uuid.optional(),
});

/** What an access token says. The role is what it was at issue: the sign-in's row decides. */
export type AccessClaims = z.infer<typeof claimsSchema>;

/** A token for 15 minutes from `nowMs`: EdDSA over the claims (RFC 8037). */
export async function signAccessToken(
  keys: SigningKeys,
  who: { readonly user: User; readonly signInId: string },
  nowMs: number,
): Promise<string> {
  const iat = Math.floor(nowMs / 1000);
  const { user, signInId } = who;
  return new SignJWT({
    school: user.school.id,
    role: user.role,
    name: user.name,
    signIn: signInId,
    ...(user.guestOf === null ? {} : { guestOf: user.guestOf }),
  })
    .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: keys.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(user.id)
    .setIssuedAt(iat)
    .setExpirationTime(iat + accessTokenLifetimeSeconds)
    .sign(keys.accessPrivate);
}

/** A token that was found good. */
export interface VerifiedToken {
  readonly claims: AccessClaims;
  /** From then on it is worth nothing. */
  readonly endsAtMs: number;
}

/**
 * What a token says that is ours, meant for this API, not from the future and not expired, give or take a minute
 * of clock skew; null for every other text.
 */
export async function verifyAccessToken(
  keys: SigningKeys,
  token: string,
  nowMs: number,
): Promise<VerifiedToken | null> {
  if (token.length > maxTokenLength) return null;
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => publicKey(keys, kid), {
      algorithms: ["EdDSA"],
      typ: "JWT",
      issuer,
      audience,
      requiredClaims: ["exp", "iat", "sub"],
      clockTolerance: maxClockSkewSeconds,
      currentDate: new Date(nowMs),
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || !isOurLifetime(claims.data, nowMs)) return null;
    return { claims: claims.data, endsAtMs: (claims.data.exp + maxClockSkewSeconds) * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

/** We never issue a token that lives longer, nor one that begins later than now. */
function isOurLifetime({ iat, exp }: AccessClaims, nowMs: number): boolean {
  return (
    exp - iat <= accessTokenLifetimeSeconds && iat <= Math.floor(nowMs / 1000) + maxClockSkewSeconds
  );
}

/** The key of that id: those that a token brings along or points to are never looked at. */
function publicKey(keys: SigningKeys, kid: string | undefined): CryptoKey {
  const key = kid === undefined ? undefined : keys.accessPublic.get(kid);
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key;
}
