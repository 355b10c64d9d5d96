import { z } from "@hono/zod-openapi";
import { sql } from "@darasa/database";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import type { Context } from "hono";
import type { ApiEnv } from "../../routing/apiEnv.ts";
import { route } from "../../routing/route.ts";
import { schoolIdSchema } from "../../schema/ids.ts";
import type { Services } from "../../services.ts";
import { loadMediaServers, sharedMediaServers, type MediaServers } from "../mediaServers.ts";
import { asapFileName, loadJitsiKeys, type JitsiPublicKey } from "./jitsiKeys.ts";

/**
 * A Jitsi asks once for a key that it has not seen, and a new key has a new name: what is kept is never wrong. Short
 * enough that one taken back is soon gone.
 */
const keyLifetimeSeconds = 300;

const fileSchema = z.string().regex(/^[0-9a-f]{64}\.pem$/);
const jwksSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

const schoolParams = z.object({ schoolId: schoolIdSchema });

/**
 * Where a Jitsi finds the public keys that its tokens are verified with: those of the environment, and those of a
 * school with a Jitsi of its own. Never a private part; nothing at all where tokens are signed with a secret.
 */
export const jitsiKeyRoutes = [
  route({
    method: "get",
    path: "/api/media/jitsi/keys/{file}",
    access: "anonymous",
    summary:
      "A key of Jitsi tokens as an ASAP key server gives it: {SHA-256 of the kid in hex}.pem.",
    params: z.object({ file: fileSchema }),
    reply: z.string(),
    replyType: "text/plain",
    handle: async ({ config }, { params, http }) =>
      pemOf(await publishedKeys(sharedMediaServers(config), http), params.file),
  }),
  route({
    method: "get",
    path: "/api/media/jitsi/jwks.json",
    access: "anonymous",
    summary: "The keys that Jitsi tokens are verified with (RFC 7517).",
    reply: jwksSchema,
    handle: async ({ config }, { http }) =>
      jwksOf(await publishedKeys(sharedMediaServers(config), http)),
  }),
  route({
    method: "get",
    path: "/api/media/jitsi/schools/{schoolId}/keys/{file}",
    access: "anonymous",
    summary: "The same of a school with a Jitsi of its own.",
    params: schoolParams.extend({ file: fileSchema }),
    reply: z.string(),
    replyType: "text/plain",
    handle: async (services, { params, http }) => {
      const servers = await ofSchool(services, params.schoolId);
      return pemOf(await publishedKeys(servers, http), params.file);
    },
  }),
  route({
    method: "get",
    path: "/api/media/jitsi/schools/{schoolId}/jwks.json",
    access: "anonymous",
    summary: "All keys of a school with a Jitsi of its own (RFC 7517).",
    params: schoolParams,
    reply: jwksSchema,
    handle: async (services, { params, http }) =>
      jwksOf(await publishedKeys(await ofSchool(services, params.schoolId), http)),
  }),
];

async function ofSchool(services: Services, schoolId: SchoolId): Promise<MediaServers> {
  return services.database.inSchool(schoolId, async (tx) => {
    const isThere = await tx.exists(sql.typeAlias("nothing")`select from schools`);
    if (!isThere) throw new DarasaError("not_found");
    return loadMediaServers(services, tx, schoolId);
  });
}

async function publishedKeys(
  { jitsi }: MediaServers,
  http: Context<ApiEnv>,
): Promise<readonly JitsiPublicKey[]> {
  http.header("Cache-Control", `public, max-age=${keyLifetimeSeconds}`);
  if (jitsi?.signing.kind !== "keyPair") return [];
  const { privateKey, publicKey } = jitsi.signing;
  return (await loadJitsiKeys(privateKey.reveal(), publicKey)).published;
}

function pemOf(keys: readonly JitsiPublicKey[], file: string): string {
  const key = keys.find(({ kid }) => asapFileName(kid) === file);
  if (key === undefined) throw new DarasaError("not_found");
  return key.pem;
}

function jwksOf(keys: readonly JitsiPublicKey[]) {
  return { keys: keys.map(({ jwk }) => ({ ...jwk })) };
}
