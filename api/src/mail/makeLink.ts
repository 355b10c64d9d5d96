import type { Context } from "hono";
import type { Config } from "../config.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";

/**
 * A link to a page of the client. Without PUBLIC_URL it goes where the request came from; where mail is
 * sent there is always a PUBLIC_URL, so no stranger's `Host` gets into somebody's mailbox.
 */
export function makeLink(
  { config }: { readonly config: Pick<Config, "PUBLIC_URL"> },
  from: Context<ApiEnv> | string,
  path: `/${string}`,
): string {
  const origin = typeof from === "string" ? from : `${from.get("scheme")}://${from.get("host")}`;
  const base = config.PUBLIC_URL ?? origin;
  return `${base.replace(/\/+$/, "")}${path}`;
}
