import { DarasaError, type LiveClassId, type VideoProvider } from "@darasa/protocol";
import { chooseVideo } from "../media/chooseVideo.ts";
import { isUp } from "../media/describeVideo.ts";
import { loadMediaServers } from "../media/mediaServers.ts";
import type { Video } from "../media/video.ts";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeLiveClass, refuseUnlessRunning } from "./authorizeLiveClass.ts";
import { seatOf } from "./seatOf.ts";

/**
 * Fresh credentials for what the class sees and hears through, for somebody who was let into it while it runs. The
 * provider is named so that nobody is led elsewhere than they think, and nobody meets beside the class.
 * @throws DarasaError not_found, removed, waiting, class_not_started, class_ended, video_not_set_up; video_unavailable when
 * LiveKit does not answer; conflict when
 * the class uses another provider, or the caller has not joined it
 */
export async function renewVideo(
  services: Services,
  caller: Caller,
  { id, provider }: { readonly id: LiveClassId; readonly provider: VideoProvider },
): Promise<Video> {
  const { seen, servers } = await services.database.inSchool(caller.schoolId, async (tx) => ({
    seen: await authorizeLiveClass(tx, caller, id),
    servers: await loadMediaServers(services, tx, caller.schoolId),
  }));
  const { row } = seen;
  if (row.removed) throw new DarasaError("removed");
  refuseUnlessRunning(row);
  if (!row.admitted || row.videoProvider !== provider) throw new DarasaError("conflict");
  const video = await chooseVideo(services, { provider, servers, seat: seatOf(caller, seen) });
  if (provider === "livekit" && !(await isUp(services, servers, provider))) {
    throw new DarasaError("video_unavailable");
  }
  return video;
}
