import type { Config } from "../../config.ts";

type Rules = Pick<Config, "NODE_ENV" | "SCHOOL_MEDIA_PRIVATE" | "SCHOOL_JITSI_DOMAINS">;

/**
 * Whether servers that schools name may be in this machine's own networks, and speak without TLS. In production that
 * is the operator's to allow: whoever runs one school would else have our server knock at doors inside.
 */
export function mayBePrivate(config: Pick<Rules, "NODE_ENV" | "SCHOOL_MEDIA_PRIVATE">): boolean {
  return config.NODE_ENV !== "production" || config.SCHOOL_MEDIA_PRIVATE;
}

/**
 * Whether a school may have that Jitsi. Its script runs in our pages, where people of other schools are signed in too:
 * in production the operator says whose scripts are trusted.
 */
export function isAllowedJitsi(
  config: Pick<Rules, "NODE_ENV" | "SCHOOL_JITSI_DOMAINS">,
  domain: string,
): boolean {
  return config.NODE_ENV !== "production" || config.SCHOOL_JITSI_DOMAINS.includes(domain);
}
