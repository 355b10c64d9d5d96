import { SignJWT, type CryptoKey } from "jose";
import { mediaRoomName } from "../media/mediaRoomName.ts";
import type { MediaSeat } from "../media/mediaSeat.ts";
import { mediaTokenLifetimeSeconds } from "../media/video.ts";

/** Prosody gives no leeway at all to a beginning that lies ahead: clocks of two machines may be so far apart. */
const maxClockSkewSeconds = 30;

/** What signs: a secret that both know, or a private key whose public half the Jitsi fetches by `kid`. */
export type JitsiSigningKey =
  | { readonly algorithm: "HS256"; readonly secret: Uint8Array }
  | { readonly algorithm: "RS256"; readonly kid: string; readonly privateKey: CryptoKey };

/** Whom the token is for and what signs it. */
export interface JitsiIssuer {
  /** Host, with its port where it is not 443. */
  readonly domain: string;
  readonly appId: string;
  readonly key: JitsiSigningKey;
}

/**
 * A token of 10 minutes for that class's room and no other, as Prosody's token plugins read it: header `typ`
 * always there, `aud` a text and no list, `room` always there, all of which they would refuse or stumble over
 * otherwise. A teacher is its owner, everybody else a member; nothing of the person but the name is told.
 */
export function signJitsiToken(
  issuer: JitsiIssuer,
  seat: MediaSeat,
  nowMs: number,
): Promise<string> {
  const nowSeconds = Math.floor(nowMs / 1000);
  const { key, appId } = issuer;
  return new SignJWT({ room: mediaRoomName(seat), context: context(seat) })
    .setProtectedHeader({
      alg: key.algorithm,
      typ: "JWT",
      ...(key.algorithm === "RS256" ? { kid: key.kid } : {}),
    })
    .setIssuer(appId)
    .setAudience(appId)
    .setSubject(xmppDomain(issuer.domain))
    .setNotBefore(nowSeconds - maxClockSkewSeconds)
    .setExpirationTime(nowSeconds + mediaTokenLifetimeSeconds)
    .sign(key.algorithm === "RS256" ? key.privateKey : key.secret);
}

/** The two words for a moderator are of Prosody's `token_affiliation` and of JaaS; texts, as JaaS wants them. */
function context({ participantId, name, role, sources }: MediaSeat) {
  const isTeacher = role === "teacher";
  return {
    user: {
      id: participantId,
      name,
      affiliation: isTeacher ? "owner" : "member",
      moderator: String(isTeacher),
    },
    features: {
      recording: "false",
      livestreaming: "false",
      transcription: "false",
      "outbound-call": "false",
      "sip-outbound-call": "false",
      // Chat, polls and files of a class are ours.
      "send-groupchat": "false",
      "create-polls": "false",
      "file-upload": "false",
      "screen-sharing": String(sources.includes("screen")),
    },
  };
}

/** Where Prosody looks at `sub` it must be its own domain, which knows no port. */
function xmppDomain(domain: string): string {
  return domain.replace(/:\d+$/, "");
}
