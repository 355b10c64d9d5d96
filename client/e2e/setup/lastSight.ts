import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { Person } from "./browser.ts";

const folder = fileURLToPath(new URL("../../../test-output", import.meta.url));
/** Of a page's words. */
const longestSight = 3_000;
/** Of a line of the console: addresses with tokens in them are long, and tell nothing. */
const longestLine = 300;

/** Each picture on the page: its size, what it painted, and whether its track gives anything. */
async function describeVideos(page: Page): Promise<string[]> {
  return page.locator("video").evaluateAll((videos: HTMLVideoElement[]) =>
    videos.map((video) => {
      const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
      const track =
        video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
      return JSON.stringify({
        size: `${video.videoWidth}x${video.videoHeight}`,
        totalVideoFrames,
        droppedVideoFrames,
        isPaused: video.paused,
        readyState: video.readyState,
        track: track === undefined ? null : { state: track.readyState, isMuted: track.muted },
      });
    }),
  );
}

/** Tells what everybody saw when a journey failed: their page's words, its last console lines, and a picture of it. */
export async function tellLastSight(journey: string, people: readonly Person[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, { page, consoleLines }] of people.entries()) {
    const name = `${journey.replace(/\W+/g, "-").slice(0, 60)}-${index + 1}`;
    // A page that crashed or was closed shows nothing: that the journey failed is told all the same.
    const words = await page.locator("body").innerText({ timeout: 5_000 }).catch(String);
    const path = join(folder, `failed-${name}.png`);
    await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
    console.error(
      [
        `what person ${index + 1} saw at ${page.url()}:`,
        words.slice(0, longestSight),
        "its pictures:",
        ...(await describeVideos(page).catch(() => [])),
        "and the last lines of their console:",
        ...consoleLines.map((line) => line.slice(0, longestLine)),
      ].join("\n"),
    );
  }
}
