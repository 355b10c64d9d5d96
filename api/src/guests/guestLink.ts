import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { uuidPattern, type LiveClassId, type ParticipantId, type SchoolId } from "@darasa/protocol";
import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { Services } from "../services.ts";

const issuer = "darasa";
const audience = "darasa-guest-link";
const tagBytes = 16;

/** Longer ones are not read at all: ours have some 500 bytes, and a name of emoji some 300 more. */
export const maxGuestLinkLength = 2_048;

const uuid = z.string().regex(uuidPattern);

const claimsSchema = z.object({
  school: uuid.transform((id) => id as SchoolId),
  liveClass: uuid.transform((id) => id as LiveClassId),
  /** The teacher on whose word it opens: it is worth nothing when they teach there no more. */
  madeBy: uuid.transform((id) => id as ParticipantId),
  /** Names the class's code without telling it: with another code the link is dead. */
  codeTag: z.string(),
  name: z.string().optional(),
  skipWaitingRoom: z.boolean(),
  jti: uuid,
});

/** What a guest's link says: which class, for whom, and how they come in. */
export type GuestLinkClaims = z.infer<typeof claimsSchema>;

/** A link's token, good until `expiresAtMs`: HS256 with a key that signs nothing else. */
export async function signGuestLink(
  { config, now }: Pick<Services, "config" | "now">,
  claims: Omit<GuestLinkClaims, "codeTag"> & { readonly code: string },
  expiresAtMs: number,
): Promise<string> {
  const key = linkKey(config);
  const { jti, code, ...told } = claims;
  return new SignJWT({
    ...told,
    codeTag: tagCode(key, claims.liveClass, code).toString("base64url"),
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(jti)
    .setIssuedAt(Math.floor(now() / 1000))
    .setExpirationTime(Math.floor(expiresAtMs / 1000))
    .sign(key);
}

/** What a token says that we signed and that is not too old; null for every other text. */
export async function verifyGuestLink(
  { config, now }: Pick<Services, "config" | "now">,
  token: string,
): Promise<GuestLinkClaims | null> {
  if (token.length > maxGuestLinkLength) return null;
  try {
    const { payload } = await jwtVerify(token, linkKey(config), {
      algorithms: ["HS256"],
      typ: "JWT",
      issuer,
      audience,
      requiredClaims: ["exp", "iat", "jti"],
      currentDate: new Date(now()),
    });
    return claimsSchema.safeParse(payload).data ?? null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Whether the class still has the code that it had when the link was made. */
export function isOfCode(
  { config }: Pick<Services, "config">,
  claims: Pick<GuestLinkClaims, "codeTag" | "liveClass">,
  code: string,
): boolean {
  const given = Buffer.from(claims.codeTag, "base64url");
  const own = tagCode(linkKey(config), claims.liveClass, code);
  return given.length === own.length && timingSafeEqual(given, own);
}

function tagCode(key: Uint8Array, liveClass: LiveClassId, code: string): Buffer {
  const mac = createHmac("sha256", key).update(`code ${liveClass} ${code}`).digest();
  return mac.subarray(0, tagBytes);
}

/** RFC 5869: a key of its own out of the one that protects data at rest. */
function linkKey(config: Services["config"]): Uint8Array {
  const dataKey = config.DATA_KEY.reveal();
  return new Uint8Array(hkdfSync("sha256", dataKey, "", "darasa guest links", 32));
}
