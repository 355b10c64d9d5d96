import { createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";

/**
 * What a Jitsi's Prosody accepts and refuses, rule by rule as it was measured with 0.12.3 and 13.0.1 and Jitsi's
 * plugins of July 2026. Plain code of its own: nothing of the signer is used here, so that the two can disagree.
 */
export interface ProsodyRules {
  readonly appId: string;
  readonly audiences: readonly string[];
  /** One of both: what HS256 is checked with, or the key server's PEM by `kid`. */
  readonly secret: string | null;
  readonly findKey: ((kid: string) => string | null) | null;
  /** Null: `enable_domain_verification` is off. */
  readonly xmppDomain: string | null;
  readonly nowSeconds: number;
}

/** What became of somebody who came with a token and wanted into a room. */
export type Admittance =
  | { readonly outcome: "joined"; readonly affiliation: string; readonly role: string }
  /** The session was refused. */
  | { readonly outcome: "refused"; readonly why: string }
  /** There is a session, and the room refused it. */
  | { readonly outcome: "keptOut"; readonly why: string }
  /** The server stumbles over it: the session never gets into any room. */
  | { readonly outcome: "hangs" };

type Json = Readonly<Record<string, unknown>>;

interface Parsed {
  readonly header: Json;
  readonly claims: Json;
  readonly signed: string;
  readonly signature: Buffer;
}

/** What Prosody does with that token, or with none, when its bearer wants into `room`. */
export function admit(rules: ProsodyRules, token: string | null, room: string): Admittance {
  if (token === null) return { outcome: "refused", why: "token required" };
  const parsed = parse(token);
  const why = parsed === null ? "bad token format" : findFault(rules, parsed);
  if (parsed === null || why !== null) return { outcome: "refused", why: why ?? "" };
  return enter(rules, parsed.claims, room);
}

function parse(token: string): Parsed | null {
  const [header, claims, signature, ...more] = token.split(".");
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0) {
    return null;
  }
  try {
    return {
      header: readJson(header),
      claims: readJson(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, "base64url"),
    };
  } catch {
    return null;
  }
}

const readJson = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Json;

/** In the order in which Prosody looks. */
function findFault(rules: ProsodyRules, parsed: Parsed): string | null {
  return (
    findHeaderFault(parsed.header) ??
    findSignatureFault(rules, parsed) ??
    findTimeFault(rules, parsed.claims) ??
    findClaimFault(rules, parsed.claims)
  );
}

function findHeaderFault({ typ, alg }: Json): string | null {
  if (typ !== "JWT") return "Invalid typ";
  return typeof alg === "string" ? null : "Invalid alg";
}

function findSignatureFault({ secret, findKey }: ProsodyRules, parsed: Parsed): string | null {
  const { header, signed, signature } = parsed;
  if (findKey !== null) {
    if (typeof header["kid"] !== "string") return "'kid' claim is missing";
    const pem = findKey(header["kid"]);
    if (pem === null) return "could not obtain public key";
    // The algorithm is the server's to say: an HS256 over the published PEM is nothing.
    if (header["alg"] !== "RS256") return "Invalid or incorrect alg";
    const isRight = verify("sha256", Buffer.from(signed), createPublicKey(pem), signature);
    return isRight ? null : "Invalid signature";
  }
  if (header["alg"] !== "HS256") return "Invalid or incorrect alg";
  const right = createHmac("sha256", secret ?? "")
    .update(signed)
    .digest();
  const isRight = right.length === signature.length && timingSafeEqual(right, signature);
  return isRight ? null : "Invalid signature";
}

/** No leeway to either side; fractions are fine; without an end a token never ends. */
function findTimeFault({ nowSeconds }: ProsodyRules, { exp, nbf }: Json): string | null {
  if (exp !== undefined && (typeof exp !== "number" || nowSeconds >= exp)) return "Token expired";
  if (nbf !== undefined && (typeof nbf !== "number" || nowSeconds < nbf))
    return "Not acceptable yet";
  return null;
}

function findClaimFault(rules: ProsodyRules, { iss, aud, sub, room }: Json): string | null {
  if (iss !== rules.appId) return "invalid 'iss' claim";
  if (typeof aud !== "string") return "'aud' claim is missing or no text";
  if (!rules.audiences.includes(aud)) return "invalid 'aud' claim";
  if (room === undefined) return "room claim is missing";
  return sub === undefined ? "sub claim is missing" : null;
}

/** Both are looked at when a room is wanted. */
function enter({ xmppDomain }: ProsodyRules, claims: Json, room: string): Admittance {
  const { room: claimed, sub, context } = claims;
  const isRoom = claimed === "*" || String(claimed).toLowerCase() === room;
  const isDomain = xmppDomain === null || sub === "*" || String(sub).toLowerCase() === xmppDomain;
  if (!isRoom || !isDomain) return { outcome: "keptOut", why: "not-allowed" };
  return isOwner(context)
    ? { outcome: "joined", affiliation: "owner", role: "moderator" }
    : { outcome: "joined", affiliation: "member", role: "participant" };
}

/** As `token_affiliation` reads it. */
function isOwner(context: unknown): boolean {
  const user = (context as { user?: Json } | undefined)?.user ?? {};
  const { affiliation, moderator } = user;
  return (
    ["owner", "moderator", "teacher"].includes(String(affiliation)) ||
    moderator === true ||
    moderator === "true"
  );
}
