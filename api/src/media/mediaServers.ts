import { sql, type SchoolTransaction } from "@darasa/database";
import type { SchoolId, VideoProvider } from "@darasa/protocol";
import * as z from "zod";
import type { Config } from "../config.ts";
import { Secret } from "../secret.ts";
import { openSecret, sealSecret } from "../secondFactor/sealSecret.ts";
import type { SigningKeys } from "../tokens/signingKeys.ts";
import { isAllowedJitsi, mayBePrivate } from "./own/ownServerRules.ts";

/** A LiveKit and the key that opens it. */
export interface LiveKitServer {
  /** Where browsers find it: ws(s) or http(s). */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: Secret;
  /** The school named it, not the operator. */
  readonly isOwn?: boolean;
  /** We go to it at public addresses alone. */
  readonly isPublicOnly?: boolean;
}

/** What a Jitsi believes tokens by: a secret that both know (HS256), or a pair of keys (RS256), as PEM. */
export type JitsiSigning =
  | { readonly kind: "secret"; readonly secret: Secret }
  | { readonly kind: "keyPair"; readonly privateKey: Secret; readonly publicKey: string };

/** A Jitsi and what it believes tokens by. */
export interface JitsiServer {
  /** Host, with its port where it is not 443. */
  readonly domain: string;
  readonly appId: string;
  readonly signing: JitsiSigning;
  /** What its webhooks show; null where it sends none. */
  readonly webhookSecret: Secret | null;
  /** The school named it, not the operator. */
  readonly isOwn?: boolean;
  /** We go to it at public addresses alone. */
  readonly isPublicOnly?: boolean;
}

/** What a school sees and hears through; null: not set up. */
export interface MediaServers {
  readonly livekit: LiveKitServer | null;
  readonly jitsi: JitsiServer | null;
}

const livekitSchema = z.object({ url: z.string(), apiKey: z.string(), apiSecret: z.string() });

const jitsiSchema = z.object({
  domain: z.string(),
  appId: z.string(),
  signing: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("secret"), secret: z.string() }),
    z.object({ kind: z.literal("keyPair"), privateKey: z.string(), publicKey: z.string() }),
  ]),
  webhookSecret: z.string().nullable(),
});

/** A school's own servers as they are sealed: what it leaves out is the environment's. */
const ownServersSchema = z.object({
  livekit: livekitSchema.optional(),
  jitsi: jitsiSchema.optional(),
});

/** The media servers of a school's own, with their secrets in the open. */
export type OwnMediaServers = z.infer<typeof ownServersSchema>;

const rowSchema = z.object({ sealed: z.instanceof(Uint8Array).nullable() });

/**
 * What holds for the transaction's school, and for a school that there is not: servers of its own, else those of the
 * environment.
 */
export async function loadMediaServers(
  { config, keys }: { readonly config: Config; readonly keys: Pick<SigningKeys, "mediaServers"> },
  tx: SchoolTransaction,
  schoolId: SchoolId,
): Promise<MediaServers> {
  const own = await loadOwnMediaServers({ keys }, tx, schoolId);
  const shared = sharedMediaServers(config);
  return {
    livekit: own.livekit ? hideLiveKit(own.livekit, config) : shared.livekit,
    jitsi: own.jitsi ? hideJitsi(own.jitsi, config) : shared.jitsi,
  };
}

/**
 * The servers of the school's own; none of a school that there is not. What was sealed with another DATA_KEY is lost and
 * counts as none: classes go on with what the environment names, and who runs the school sets its own again.
 */
export async function loadOwnMediaServers(
  { keys }: { readonly keys: Pick<SigningKeys, "mediaServers"> },
  tx: SchoolTransaction,
  schoolId: SchoolId,
): Promise<OwnMediaServers> {
  const sealed = await tx.maybeOneFirst(sql.type(rowSchema)`
    select media_servers as sealed from schools`);
  if (sealed === null) return {};
  return openMediaServers(keys.mediaServers, schoolId, sealed);
}

/** Those that the environment names. */
export function sharedMediaServers(config: Config): MediaServers {
  return { livekit: sharedLiveKit(config), jitsi: sharedJitsi(config) };
}

/** A school's own servers as its row keeps them. `iv` is 12 fresh bytes. */
export function sealMediaServers(
  key: Uint8Array,
  schoolId: SchoolId,
  { servers, iv }: { readonly servers: OwnMediaServers; readonly iv: Uint8Array },
): Buffer {
  const secret = Buffer.from(JSON.stringify(servers));
  return sealSecret(key, ownerOf(schoolId), { secret, iv });
}

/** Whether a class could use it. */
export function isSetUp(servers: MediaServers, provider: VideoProvider): boolean {
  switch (provider) {
    case "mesh":
    case "none":
      return true;
    case "livekit":
      return servers.livekit !== null;
    case "jitsi":
      return servers.jitsi !== null;
  }
}

function openMediaServers(
  key: Uint8Array,
  schoolId: SchoolId,
  sealed: Uint8Array,
): OwnMediaServers {
  try {
    const text = openSecret(key, ownerOf(schoolId), sealed).toString("utf8");
    return ownServersSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** They are the school's and no person's: its id stands in both places. */
function ownerOf(schoolId: SchoolId) {
  return { schoolId, userId: schoolId };
}

function hideLiveKit(own: z.infer<typeof livekitSchema>, config: Config): LiveKitServer {
  return { ...own, apiSecret: new Secret(own.apiSecret), ...ownMarks(config) };
}

/** Null for one that the operator does not allow any more. */
function hideJitsi(
  { signing, webhookSecret, ...own }: z.infer<typeof jitsiSchema>,
  config: Config,
): JitsiServer | null {
  if (!isAllowedJitsi(config, own.domain)) return null;
  return {
    ...own,
    signing:
      signing.kind === "secret"
        ? { kind: "secret", secret: new Secret(signing.secret) }
        : { ...signing, privateKey: new Secret(signing.privateKey) },
    webhookSecret: webhookSecret === null ? null : new Secret(webhookSecret),
    ...ownMarks(config),
  };
}

function ownMarks(config: Config): { readonly isOwn: boolean; readonly isPublicOnly: boolean } {
  return { isOwn: true, isPublicOnly: !mayBePrivate(config) };
}

function sharedLiveKit(config: Config): LiveKitServer | null {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = config;
  if (url === undefined || apiKey === undefined || apiSecret === undefined) return null;
  return { url, apiKey, apiSecret };
}

function sharedJitsi(config: Config): JitsiServer | null {
  const { JITSI_DOMAIN: domain, JITSI_APP_ID: appId } = config;
  const signing = sharedJitsiSigning(config);
  if (domain === undefined || appId === undefined || signing === null) return null;
  return { domain, appId, signing, webhookSecret: config.JITSI_WEBHOOK_SECRET ?? null };
}

function sharedJitsiSigning(config: Config): JitsiSigning | null {
  const { JITSI_APP_SECRET: secret, JITSI_PRIVATE_KEY: privateKey } = config;
  if (secret) return { kind: "secret", secret };
  if (privateKey && config.JITSI_PUBLIC_KEY !== undefined) {
    return { kind: "keyPair", privateKey, publicKey: config.JITSI_PUBLIC_KEY };
  }
  return null;
}
