import { randomUUID } from "node:crypto";
import type { ParticipantId } from "@darasa/protocol";
import type { Browser, Page } from "playwright-core";
import type { LiveKitWindow } from "../../client/e2e/livekit/harnessWindow.ts";
import { createLiveKitAdmin } from "../../client/e2e/livekit/liveKitAdmin.ts";
import { serveHarness } from "../../client/e2e/mesh/serveHarness.ts";
import type { LiveKitTestServer } from "../../infra/database/src/testing/liveKitServer.ts";
import { launchChromium } from "../figures/launchChromium.ts";
import { measureRungs, speakWithoutPause } from "./rungBytes.ts";

/** A tile of four in a laptop's window. */
const tilePixels = 640;

/** A teacher who speaks and three students who only listen, all with cameras; the bytes are one student's. */
export async function measureLiveKitRungs(
  server: LiveKitTestServer,
  seconds: number,
): ReturnType<typeof measureRungs> {
  const [browser, harness] = await Promise.all([launchChromium(), serveHarness("livekit")]);
  try {
    const room = createLiveKitAdmin(server, randomUUID());
    const ids = Array.from({ length: 4 }, () => randomUUID() as ParticipantId);
    const pages: Page[] = [];
    for (const id of ids) {
      const call = room.callOf(id, ["microphone", "camera"]);
      const page = await openPage(browser, { url: harness.url, speaks: id === ids[0] });
      await page.exposeFunction("nextCall", () => call);
      await page.evaluate(
        async ([own, given, everybody]) => {
          const { livekit } = window as unknown as LiveKitWindow;
          await livekit.start(own, given);
          await livekit.setTrack("microphone", own === everybody.ids[0]);
          livekit.setTeachers(everybody.ids.slice(0, 1));
          for (const participantId of everybody.ids)
            livekit.setWanted({
              participantId,
              source: "camera",
              widthPixels: everybody.widthPixels,
            });
        },
        [id, call, { ids, widthPixels: tilePixels }] as const,
      );
      pages.push(page);
    }
    return await measureRungs(studentAt(pages.at(-1)), seconds);
  } finally {
    await Promise.all([browser.close(), harness.close()]);
  }
}

async function openPage(
  browser: Browser,
  { url, speaks }: { readonly url: string; readonly speaks: boolean },
): Promise<Page> {
  const context = await browser.newContext({ permissions: ["camera", "microphone"] });
  if (speaks) await speakWithoutPause(context);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => (window as unknown as LiveKitWindow).isHarnessReady);
  return page;
}

function studentAt(page: Page | undefined): Parameters<typeof measureRungs>[0] {
  if (page === undefined) throw new Error("nobody came");
  return {
    setMode: (mode) =>
      page.evaluate((to) => (window as unknown as LiveKitWindow).livekit.setMode(to), mode),
    showCamera: () =>
      page.evaluate(() => (window as unknown as LiveKitWindow).livekit.setTrack("camera", true)),
    statistics: () =>
      page.evaluate(() => (window as unknown as LiveKitWindow).livekit.statistics()),
  };
}
