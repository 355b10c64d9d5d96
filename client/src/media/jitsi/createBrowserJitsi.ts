import type { MediaProvider } from "../provider.ts";
import { createJitsiProvider, type JitsiProviderOptions } from "./createJitsiProvider.ts";
import { loadExternalApi } from "./externalApi.ts";

/** A Jitsi's own page in this one. */
export function createBrowserJitsi(
  options: Pick<JitsiProviderOptions, "call" | "renew" | "port">,
): MediaProvider {
  return createJitsiProvider({
    ...options,
    load: loadExternalApi,
    language: () => document.documentElement.lang,
    random: Math.random,
    after,
  });
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
