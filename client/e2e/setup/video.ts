import type { Page } from "playwright-core";

interface CountingWindow {
  /** What each picture had painted when it was first looked at. */
  framesSeen: WeakMap<Element, number>;
}

/**
 * Waits until `count` pictures on the page move from now on: frames are painted, not only decoded, since a frozen
 * element's clock and its decoder both go on.
 */
export async function waitForMovingVideos(page: Page, count: number): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as CountingWindow).framesSeen = new WeakMap();
  });
  await page.waitForFunction(
    (wanted) => {
      const { framesSeen } = window as unknown as CountingWindow;
      let moving = 0;
      for (const video of document.querySelectorAll("video")) {
        const frames = video.getVideoPlaybackQuality().totalVideoFrames;
        const before = framesSeen.get(video);
        if (before === undefined) framesSeen.set(video, frames);
        else if (frames >= before + 5 && video.videoWidth > 0) moving += 1;
      }
      return moving >= wanted;
    },
    count,
    { polling: 200 },
  );
}
