import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import type { LiveKitWindow } from "../../client/e2e/livekit/harnessWindow.ts";
import { serveHarness } from "../../client/e2e/mesh/serveHarness.ts";
import { enterByCode } from "../../client/e2e/setup/person.ts";
import type { StartedClass } from "../../client/e2e/setup/schoolApi.ts";
import { waitForMovingVideos } from "../../client/e2e/setup/video.ts";
import type { MediaCall } from "../../client/src/media/livekit/mediaCall.ts";
import { joinAsGuest } from "../figures/openClass.ts";
import { launchChromium } from "../figures/launchChromium.ts";

/** What it costs to have so many pictures on the page, one's own among them. */
export interface PageCost {
  readonly tiles: number;
  /** Processor seconds a second of the page's processes, and of all of its browser's. */
  readonly pageCores: number;
  readonly browserCores: number;
  /** What is painted of the others' pictures, each; NaN where there is none. */
  readonly framesPerSecond: number;
  /** Both ways, without the frames' heads and uncompressed. */
  readonly gatewayBytesPerMinute: number;
}

/** Until what comes with a new picture has come, and the encoders have found their pace. */
const settleMs = 4_000;

/** A student with a camera and the pictures in a grid looks at others who only send, of a browser of their own. */
export async function measurePageCost(
  liveClass: StartedClass,
  { tileCounts, seconds }: { readonly tileCounts: readonly number[]; readonly seconds: number },
): Promise<readonly PageCost[]> {
  const [browser, others, harness] = await Promise.all([
    launchChromium(),
    launchChromium(),
    serveHarness("livekit"),
  ]);
  try {
    const context = await browser.newContext({
      permissions: ["camera", "microphone"],
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    const gatewayBytes = countSocketBytes(page);
    await page.addInitScript(() => localStorage.setItem("darasa.layout", "grid"));
    await enterByCode(page, liveClass, "Halima Omari");
    const costs: PageCost[] = [];
    let shown = 1;
    for (const tiles of tileCounts) {
      for (; shown < tiles; shown += 1) await addSender(others, harness.url, liveClass);
      await waitForMovingVideos(page, tiles);
      await delay(settleMs);
      const cost = await watch(browser, { page, seconds, gatewayBytes });
      costs.push({ tiles, ...cost, framesPerSecond: cost.framesPerSecond / (tiles - 1) });
    }
    return costs;
  } finally {
    await Promise.all([browser.close(), others.close(), harness.close()]);
  }
}

/** Somebody of the class who sends a picture, and takes nobody's. */
async function addSender(
  browser: Browser,
  harnessUrl: string,
  { url, code, liveClassId }: StartedClass,
): Promise<void> {
  const name = `Student ${Math.random().toString(36).slice(2, 6)}`;
  const guest = await joinAsGuest(new URL(url).origin, code, { name, liveClassId });
  const context = await browser.newContext({ permissions: ["camera", "microphone"] });
  const page = await context.newPage();
  await page.goto(harnessUrl);
  await page.waitForFunction(() => (window as unknown as LiveKitWindow).isHarnessReady);
  await page.evaluate(
    async ([id, call]) => {
      const { livekit } = window as unknown as LiveKitWindow;
      await livekit.start(id, call);
      await livekit.setTrack("microphone", false);
      livekit.setMode("lite");
    },
    // A class over LiveKit, so its video is a call.
    [guest.participantId, guest.video as unknown as MediaCall] as const,
  );
}

interface Watched {
  readonly page: Page;
  readonly seconds: number;
  readonly gatewayBytes: () => number;
}

async function watch(
  browser: Browser,
  { page, seconds, gatewayBytes }: Watched,
): Promise<Omit<PageCost, "tiles">> {
  const [before, framesBefore, bytesBefore] = [
    await processorSeconds(browser),
    await remoteFrames(page),
    gatewayBytes(),
  ];
  const beganAtMs = performance.now();
  await delay(seconds * 1_000);
  const after = await processorSeconds(browser);
  const passed = (performance.now() - beganAtMs) / 1_000;
  return {
    pageCores: (after.page - before.page) / passed,
    browserCores: (after.browser - before.browser) / passed,
    framesPerSecond: ((await remoteFrames(page)) - framesBefore) / passed,
    gatewayBytesPerMinute: ((gatewayBytes() - bytesBefore) / passed) * 60,
  };
}

async function processorSeconds(browser: Browser): Promise<{ page: number; browser: number }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sum = (found: typeof processInfo) => found.reduce((all, one) => all + one.cpuTime, 0);
  return {
    page: sum(processInfo.filter(({ type }) => type === "renderer")),
    browser: sum(processInfo),
  };
}

/** Frames painted so far of all pictures but one's own, which is the one that is mirrored or comes from a device. */
async function remoteFrames(page: Page): Promise<number> {
  return page.locator("video").evaluateAll((videos) =>
    videos
      .filter((video): video is HTMLVideoElement => video instanceof HTMLVideoElement)
      .filter(({ srcObject }) => {
        const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
        return track !== undefined && track.getSettings().deviceId?.length !== 64;
      })
      .reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0),
  );
}

function countSocketBytes(page: Page): () => number {
  let bytes = 0;
  const add = ({ payload }: { payload: string | Buffer }): void => {
    bytes += Buffer.byteLength(payload);
  };
  page.on("websocket", (socket) => {
    // LiveKit's own signalling is no part of the gateway.
    if (!socket.url().includes("/rtc")) socket.on("framesent", add).on("framereceived", add);
  });
  return () => bytes;
}
