import type { MediaProvider } from "../provider.ts";
import { createJitsiProvider, type JitsiProviderOptions } from "./createJitsiProvider.ts";
import { loadExternalApi } from "./externalApi.ts";

/** A Jitsi's own page in this one. */
export function createBrowserJitsi(
  options: Omit<JitsiProviderOptions, "load" | "after">,
): MediaProvider {
  return createJitsiProvider({ ...options, load: loadExternalApi, after });
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
