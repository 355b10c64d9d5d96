import { recordAudit, sql, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { loadJitsiKeys } from "../jitsi/jitsiKeys.ts";
import {
  loadOwnMediaServers,
  sealMediaServers,
  sharedMediaServers,
  type OwnMediaServers,
} from "../mediaServers.ts";
import { isAllowedJitsi, mayBePrivate } from "./ownServerRules.ts";
import type { JitsiInput, LiveKitInput, ServerKind, ShownServers } from "./ownServers.ts";

/** The school's own servers, and which ones it is lent. No secret leaves. */
export function getOwnServers(services: Services, caller: UserCaller): Promise<ShownServers> {
  return services.database.inSchool(caller.schoolId, async (tx) =>
    show(services, await loadOwnMediaServers(services, tx, caller.schoolId)),
  );
}

/** @throws DarasaError bad_request without a secret where none is set, and for plain ws and http in production */
export function setOwnLiveKit(
  services: Services,
  caller: UserCaller,
  { url, apiKey, apiSecret }: LiveKitInput,
): Promise<ShownServers> {
  if (!/^(?:wss|https):/.test(url) && !mayBePrivate(services.config)) {
    throw refusal("url: must begin with wss:// or https://");
  }
  return change(services, caller, {
    kind: "livekit",
    name: new URL(url).host,
    next: (own) => {
      const secret = apiSecret ?? own.livekit?.apiSecret;
      if (secret === undefined) throw refusal("apiSecret: is missing");
      return { ...own, livekit: { url: url.replace(/\/$/, ""), apiKey, apiSecret: secret } };
    },
  });
}

/**
 * @throws DarasaError bad_request without keys where none are set, and for keys that are none · forbidden for a domain
 * that the operator has not allowed
 */
export async function setOwnJitsi(
  services: Services,
  caller: UserCaller,
  { domain, appId, signing, webhookSecret }: JitsiInput,
): Promise<ShownServers> {
  if (!isAllowedJitsi(services.config, domain)) throw new DarasaError("forbidden");
  if (signing?.kind === "keyPair") await checkPair(signing);
  return change(services, caller, {
    kind: "jitsi",
    name: domain,
    next: (own) => {
      const kept = signing ?? own.jitsi?.signing;
      if (kept === undefined) throw refusal("signing: is missing");
      const secret = webhookSecret === undefined ? own.jitsi?.webhookSecret : webhookSecret;
      return { ...own, jitsi: { domain, appId, signing: kept, webhookSecret: secret ?? null } };
    },
  });
}

/** From now on the school uses what the operator lends it, if anything. @throws DarasaError not_found */
export function removeOwnServer(
  services: Services,
  caller: UserCaller,
  kind: ServerKind,
): Promise<ShownServers> {
  return change(services, caller, {
    kind,
    name: null,
    next: (own) => {
      if (own[kind] === undefined) throw new DarasaError("not_found");
      return kind === "livekit"
        ? { ...(own.jitsi ? { jitsi: own.jitsi } : {}) }
        : { ...(own.livekit ? { livekit: own.livekit } : {}) };
    },
  });
}

interface Change {
  readonly kind: ServerKind;
  /** Null: it is taken away. */
  readonly name: string | null;
  readonly next: (own: OwnMediaServers) => OwnMediaServers;
}

function change(
  services: Services,
  caller: UserCaller,
  { kind, name, next }: Change,
): Promise<ShownServers> {
  const { schoolId } = caller;
  return services.database.inSchool(schoolId, async (tx) => {
    await tx.query(sql.typeAlias("nothing")`select from schools for no key update`);
    const own = await loadOwnMediaServers(services, tx, schoolId);
    const servers = next(own);
    await store(services, tx, { schoolId, servers });
    await recordAudit(tx, {
      actor: caller,
      action: name === null ? "school.mediaServerRemoved" : "school.mediaServerSet",
      subject: { kind: "school", id: schoolId },
      details: { server: kind, name: name ?? placeOf(own, kind) },
    });
    return show(services, servers);
  });
}

function placeOf({ livekit, jitsi }: OwnMediaServers, kind: ServerKind): string {
  return kind === "livekit" ? new URL(livekit?.url ?? "").host : (jitsi?.domain ?? "");
}

async function store(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, servers }: { readonly schoolId: SchoolId; readonly servers: OwnMediaServers },
): Promise<void> {
  const isNone = servers.livekit === undefined && servers.jitsi === undefined;
  const iv = services.randomBytes(12);
  const sealed = isNone
    ? null
    : sealMediaServers(services.keys.mediaServers, schoolId, { servers, iv });
  await tx.query(sql.typeAlias("nothing")`
    update schools set media_servers = ${sealed === null ? null : sql.binary(sealed)}`);
}

function show(
  { config }: Pick<Services, "config">,
  { livekit, jitsi }: OwnMediaServers,
): ShownServers {
  const shared = sharedMediaServers(config);
  return {
    livekit: livekit ? { url: livekit.url, apiKey: livekit.apiKey } : null,
    jitsi: jitsi
      ? {
          domain: jitsi.domain,
          appId: jitsi.appId,
          signing: jitsi.signing.kind,
          hasWebhookSecret: jitsi.webhookSecret !== null,
        }
      : null,
    shared: { livekit: shared.livekit !== null, jitsi: shared.jitsi !== null },
  };
}

async function checkPair(pair: { readonly privateKey: string; readonly publicKey: string }) {
  try {
    await loadJitsiKeys(pair.privateKey, pair.publicKey);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw refusal("signing: is no pair of RSA keys of at least 2,048 bits");
  }
}

function refusal(detail: string): DarasaError {
  return new DarasaError("bad_request", { details: { detail } });
}
