import { DarasaError } from "@darasa/protocol";
import type { Services } from "../../services.ts";
import type { JitsiServer } from "../mediaServers.ts";
import type { MediaSeat } from "../mediaSeat.ts";
import type { Video } from "../video.ts";

/** The class's room on that Jitsi with the person's own token. */
export type JitsiVideo = (
  services: Pick<Services, "now">,
  server: JitsiServer,
  seat: MediaSeat,
) => Promise<Video>;

/** Until Darasa speaks with Jitsi, none is set up. */
export const jitsiVideo: JitsiVideo = () => Promise.reject(new DarasaError("video_not_set_up"));
