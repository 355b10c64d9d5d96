import { hkdfSync } from "node:crypto";
import { uuidPattern } from "@darasa/protocol";
import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { Config } from "../config.ts";

const issuer = "darasa";
const audience = "darasa-recording";
/** Ours have some 600. */
export const maxFileTokenLength = 2_048;

const uuid = z.string().regex(uuidPattern);

const claimsSchema = z.object({
  schoolId: uuid,
  recordingId: uuid,
  partNo: z.int().min(1),
  name: z.string(),
  as: z.enum(["inline", "attachment"]),
});

/** Which file a link opens, and how. */
export type FileClaims = z.infer<typeof claimsSchema>;

/** A token that opens that file until then: HS256 with a key that signs nothing else. */
export function signFileLink(
  config: Pick<Config, "DATA_KEY">,
  claims: FileClaims,
  expiresAtSeconds: number,
): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expiresAtSeconds)
    .sign(linkKey(config));
}

/** What a token opens that we signed and that is not over; null for every other text. */
export async function verifyFileLink(
  config: Pick<Config, "DATA_KEY">,
  token: string,
  nowMs: number,
): Promise<FileClaims | null> {
  try {
    const { payload } = await jwtVerify(token, linkKey(config), {
      algorithms: ["HS256"],
      typ: "JWT",
      issuer,
      audience,
      requiredClaims: ["exp"],
      currentDate: new Date(nowMs),
    });
    return claimsSchema.safeParse(payload).data ?? null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

/** RFC 5869: a key of its own out of the one that protects data at rest. */
function linkKey(config: Pick<Config, "DATA_KEY">): Uint8Array {
  return new Uint8Array(
    hkdfSync("sha256", config.DATA_KEY.reveal(), "", "darasa recording links", 32),
  );
}
