import { uuidPattern, schoolRoles } from "@darasa/protocol";
import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { User } from "../accounts/user.ts";
import type { SigningKeys } from "./signingKeys.ts";

/** How long an access token is worth something. */
export const accessTokenLifetimeSeconds = 15 * 60;

const issuer = "darasa";
const audience = "darasa-api";
/** Longer ones are not read at all: ours have some 500 bytes. */
const maxTokenLength = 4_096;

const uuid = z.string().regex(uuidPattern);

const claimsSchema = z.object({
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
  readonly expiresAtMs: number;
}

/** What a token says that is ours, meant for this API and not expired; null for every other text. */
export async function verifyAccessToken(
  keys: SigningKeys,
  token: string,
  nowMs: number,
): Promise<VerifiedToken | null> {
  if (token.length > maxTokenLength) return null;
  try {
    const { payload } = await jwtVerify(token, keys.accessPublic, {
      algorithms: ["EdDSA"],
      typ: "JWT",
      issuer,
      audience,
      requiredClaims: ["exp", "iat", "sub"],
      currentDate: new Date(nowMs),
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || payload.exp === undefined) return null;
    return { claims: claims.data, expiresAtMs: payload.exp * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}
