import type { Browser, Page } from "playwright-core";
import { remoteVideos, waitForJitsiFrame } from "../../client/e2e/jitsi/jitsiFrame.ts";
import { until } from "../until.ts";
import { launchChromium } from "./launchChromium.ts";

/** Seconds from pressing *Join* on the pre-join screen, each the median of the runs. */
export interface JoinTimes {
  readonly chatReadySeconds: number;
  /** Until a picture of somebody else is painted. */
  readonly firstRemoteFrameSeconds: number;
}

/** Waits for as long as it takes until a picture of somebody else is painted. */
type FirstFrame = (page: Page) => Promise<unknown>;

/** One person with a camera is in the class; `runs` others join one after the other and leave again. */
export async function measureJoinTimes(
  joinUrl: string,
  { runs, firstFrame = ownFirstFrame }: { readonly runs: number; readonly firstFrame?: FirstFrame },
): Promise<JoinTimes> {
  const browser = await launchChromium();
  try {
    const host = await openLobby(browser, joinUrl, "Host");
    await join(host, firstFrame);
    const times: { chat: number; frame: number }[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const page = await openLobby(browser, joinUrl, `Guest ${run}`);
      times.push(await join(page, firstFrame));
      await page.context().close();
    }
    return {
      chatReadySeconds: median(times.map(({ chat }) => chat)),
      firstRemoteFrameSeconds: median(times.map(({ frame }) => frame)),
    };
  } finally {
    await browser.close();
  }
}

async function openLobby(browser: Browser, joinUrl: string, name: string): Promise<Page> {
  const context = await browser.newContext({
    permissions: ["camera", "microphone"],
    // A Jitsi that is tried need not have a certificate that everybody knows.
    ignoreHTTPSErrors: true,
  });
  const page = await context.newPage();
  await page.goto(joinUrl);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join the class" }).click();
  const camera = page.getByRole("button", { name: "Camera", exact: true });
  await camera.waitFor();
  if ((await camera.getAttribute("aria-pressed")) !== "true") await camera.click();
  await page.locator("video").first().waitFor();
  return page;
}

/** Seconds until one can write, and until another's picture has been painted (Infinity where nobody else is). */
async function join(page: Page, firstFrame: FirstFrame): Promise<{ chat: number; frame: number }> {
  await page.getByRole("button", { name: "Join", exact: true }).click();
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1000;
  // What one writes is sent at once from here on.
  const chat = page.locator('[data-connection="connected"]').waitFor().then(since);
  const frame = firstFrame(page).then(since, () => Infinity);
  return { chat: await chat, frame: await frame };
}

/** In a page that shows everybody itself, where one's own picture is the other one. */
function ownFirstFrame(page: Page): Promise<unknown> {
  return page.waitForFunction(
    () =>
      [...document.querySelectorAll("video")].filter(
        (video) => video.getVideoPlaybackQuality().totalVideoFrames > 0,
      ).length >= 2,
    undefined,
    { polling: 20, timeout: 20_000 },
  );
}

/** In Jitsi's own page, which is a frame of ours. */
export async function jitsiFirstFrame(page: Page): Promise<void> {
  const begunMs = performance.now();
  const frame = await waitForJitsiFrame(page);
  const isSeen = async () => (await remoteVideos(frame)).some(([, frames]) => frames > 0);
  await until("somebody is to be seen", isSeen, {
    withinMs: 20_000 - (performance.now() - begunMs),
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
