import type { MediaSnapshot, ProviderKind } from "../media/provider.ts";

/** Is there any sound or picture to take for this person? Not where the class has none, or has no place for them. Pure. */
export function hasMedia({
  provider,
  status,
}: Pick<MediaSnapshot, "status"> & { readonly provider: ProviderKind }): boolean {
  return provider !== "none" && status !== "refused";
}

/** Are any pictures on their way, one's own or another's? An engine that shows them itself has some. Pure. */
export function hasPictures({
  provider,
  local,
  remotes,
}: Pick<MediaSnapshot, "local" | "remotes"> & { readonly provider: ProviderKind }): boolean {
  if (provider === "jitsi") return true;
  const isSent = local.camera.state === "on" || local.screen.state === "on";
  return isSent || remotes.some(({ camera, screen }) => camera !== null || screen !== null);
}

/**
 * Does nothing come through for now? Where a server is in between, it is that to which the way is gone; in a mesh one
 * person who is gone may be their own line's fault, several at once are not. Pure.
 */
export function isMediaLost({
  provider,
  status,
  remotes,
}: Pick<MediaSnapshot, "status" | "remotes"> & { readonly provider: ProviderKind }): boolean {
  if (provider !== "mesh") return status === "reconnecting";
  const isGone = (connection: string) => connection === "lost" || connection === "failed";
  return remotes.length > 1 && remotes.every(({ connection }) => isGone(connection));
}
