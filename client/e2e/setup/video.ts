import type { Page } from "playwright-core";

/**
 * Waits until `count` pictures on the page move: frames are painted, not only decoded, since a frozen
 * element's clock and its decoder both go on.
 */
export async function waitForMovingVideos(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const seen = ((window as unknown as { framesSeen?: WeakMap<Element, number> }).framesSeen ??=
        new WeakMap<Element, number>());
      let moving = 0;
      for (const video of document.querySelectorAll("video")) {
        const frames = video.getVideoPlaybackQuality().totalVideoFrames;
        const before = seen.get(video);
        if (before === undefined) seen.set(video, frames);
        else if (frames >= before + 5 && video.videoWidth > 0) moving += 1;
      }
      return moving >= wanted;
    },
    count,
    { timeout: 45_000, polling: 250 },
  );
}
