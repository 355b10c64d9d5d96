import type { TextKey } from "../i18n/catalogue.ts";
import type { ProviderKind } from "./provider.ts";

/** What carries sound and pictures, as a person chooses it. */
export interface VideoChoice {
  readonly provider: ProviderKind;
  /** Its server is the school's own. */
  readonly isOwn: boolean;
}

/** The name of a provider, in words. */
export function providerName({ provider, isOwn }: VideoChoice): TextKey {
  const hasServer = provider === "livekit" || provider === "jitsi";
  return hasServer && isOwn ? `video.own.${provider}` : `video.name.${provider}`;
}

/** What it is good for, to be filled with `{count}`. */
export function providerHint(provider: ProviderKind): TextKey {
  return `video.hint.${provider}`;
}
