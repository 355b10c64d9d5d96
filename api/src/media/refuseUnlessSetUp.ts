import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type SchoolId, type VideoProvider } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { isSetUp, loadMediaServers } from "./mediaServers.ts";

/** Whose choice it is; nothing is chosen when the provider is undefined. */
interface Chosen {
  readonly schoolId: SchoolId;
  readonly provider: VideoProvider | undefined;
}

/** @throws DarasaError video_not_set_up when the school has no server for that provider */
export async function refuseUnlessSetUp(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, provider }: Chosen,
): Promise<void> {
  if (provider === undefined) return;
  const servers = await loadMediaServers(services, tx, schoolId);
  if (!isSetUp(servers, provider)) throw new DarasaError("video_not_set_up");
}
