import type { Frame, Page } from "playwright-core";

/** The page of a real Jitsi in ours, as soon as it is there. */
export async function waitForJitsiFrame(page: Page): Promise<Frame> {
  const element = await page
    .locator("iframe[name^=jitsiConferenceFrame]")
    .elementHandle({ timeout: 60_000 });
  const frame = await element.contentFrame();
  if (!frame) throw new Error("Jitsi's page is gone again");
  return frame;
}

/**
 * The others' pictures in it: an id of each, and how many frames of it were painted. A page that is just being
 * changed for another has none.
 */
export function remoteVideos(
  frame: Frame,
): Promise<readonly (readonly [id: string, frames: number])[]> {
  return frame
    .locator("video[id^=remoteVideo_]")
    .evaluateAll((videos: HTMLVideoElement[]) =>
      videos.map((video) => [video.id, video.getVideoPlaybackQuality().totalVideoFrames] as const),
    )
    .catch(() => []);
}
