import { z } from "@hono/zod-openapi";
import { ServerError } from "livekit-server-sdk";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { loadMediaServers, type MediaServers } from "../mediaServers.ts";
import { MediaServerFailure } from "../mediaConnections.ts";
import type { ServerKind } from "./ownServers.ts";
import { PrivateAddressError } from "./publicAddress.ts";

/** How a server stands, as far as can be seen from here. */
export const serverCheckSchema = z
  .object({
    outcome: z
      .enum(["works", "answers", "unreachable", "wrongKey", "privateAddress", "notSetUp"])
      .openapi({
        description:
          "`answers`: it is there; whether it takes tokens is seen by who enters. `privateAddress`: its name leads to where this server may not go.",
      }),
  })
  .openapi("MediaServerCheck");

export type ServerCheck = z.infer<typeof serverCheckSchema>;

/** Asks the server that the caller's school uses, its own or the one that it is lent, whether it works. */
export async function checkServer(
  services: Services,
  caller: UserCaller,
  kind: ServerKind,
): Promise<ServerCheck> {
  const servers = await services.database.inSchool(caller.schoolId, (tx) =>
    loadMediaServers(services, tx, caller.schoolId),
  );
  if (servers[kind] === null) return { outcome: "notSetUp" };
  try {
    await ask(services, servers, kind);
    return { outcome: kind === "livekit" ? "works" : "answers" };
  } catch (error) {
    return { outcome: outcomeOf(error) };
  }
}

async function ask(
  { media }: Pick<Services, "media">,
  { livekit, jitsi }: MediaServers,
  kind: ServerKind,
): Promise<void> {
  if (kind === "livekit" && livekit) await media.liveKit(livekit).ping();
  if (kind === "jitsi" && jitsi) await media.pingJitsi(jitsi);
}

function outcomeOf(error: unknown): ServerCheck["outcome"] {
  const cause = error instanceof MediaServerFailure ? error.cause : error;
  if (cause instanceof PrivateAddressError) return "privateAddress";
  const isRefusal = cause instanceof ServerError && [401, 403].includes(cause.status);
  return isRefusal ? "wrongKey" : "unreachable";
}
