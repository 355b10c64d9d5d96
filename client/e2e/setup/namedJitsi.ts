/** A whole Jitsi Meet that runs somewhere, and what opens its rooms. */
export interface NamedJitsi {
  /** Host, with its port where it is not 443. */
  readonly domain: string;
  readonly appId: string;
  readonly appSecret: string;
}

/**
 * The one that the environment names; null: none. `jitsi/README.md` has the variables.
 *
 * @throws Error where the secret is missing
 */
export function namedJitsi(environment: NodeJS.ProcessEnv): NamedJitsi | null {
  const { JITSI_MEET_DOMAIN: domain, JITSI_MEET_APP_SECRET: appSecret } = environment;
  if (!domain) return null;
  if (!appSecret) throw new Error("JITSI_MEET_APP_SECRET goes together with JITSI_MEET_DOMAIN");
  return { domain, appId: environment["JITSI_MEET_APP_ID"] ?? "darasa", appSecret };
}
