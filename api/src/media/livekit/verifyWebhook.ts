import { createHash, timingSafeEqual } from "node:crypto";
import { errors, jwtVerify } from "jose";
import * as z from "zod";
import type { LiveKitServer } from "../mediaServers.ts";

/** LiveKit signs each of them for 5 minutes (`livekit/protocol webhook#URLNotifier`). */
const maxAgeSeconds = 5 * 60;
/** How far its clock and ours may be apart. */
const maxClockSkewSeconds = 10;

const claimsSchema = z.object({ sha256: z.base64(), nbf: z.int().optional(), exp: z.int() });

/** A webhook as it came. */
export interface SignedWebhook {
  /** The body, byte by byte: what was read and written again has another hash. */
  readonly bytes: Uint8Array;
  /** The `Authorization` header: a token without `Bearer`. */
  readonly authorization: string | undefined;
}

/**
 * Whether that LiveKit sent exactly these bytes not longer ago than 5 minutes: HS256 with its key over the SHA-256 of
 * the body. Tokens of browsers are signed with the same key, and have no such hash.
 */
export async function isOfLiveKit(
  { apiKey, apiSecret }: Pick<LiveKitServer, "apiKey" | "apiSecret">,
  { bytes, authorization }: SignedWebhook,
  nowMs: number,
): Promise<boolean> {
  if (authorization === undefined) return false;
  try {
    const { payload } = await jwtVerify(authorization, Buffer.from(apiSecret.reveal()), {
      algorithms: ["HS256"],
      issuer: apiKey,
      clockTolerance: maxClockSkewSeconds,
      currentDate: new Date(nowMs),
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || !isYoung(claims.data, nowMs)) return false;
    return isHashOf(claims.data.sha256, bytes);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return false;
    throw error;
  }
}

/** One that is signed for longer is as old as the others once 5 minutes are over. */
function isYoung({ nbf, exp }: z.infer<typeof claimsSchema>, nowMs: number): boolean {
  const beginsAt = nbf ?? exp - maxAgeSeconds;
  return nowMs / 1000 - beginsAt <= maxAgeSeconds + maxClockSkewSeconds;
}

function isHashOf(base64: string, bytes: Uint8Array): boolean {
  const claimed = Buffer.from(base64, "base64");
  const actual = createHash("sha256").update(bytes).digest();
  return claimed.length === actual.length && timingSafeEqual(claimed, actual);
}
