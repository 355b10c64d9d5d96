import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import {
  startLiveKitServer,
  type LiveKitTestServer,
} from "../../infra/database/src/testing/liveKitServer.ts";
import { findTestProgram } from "../../infra/database/src/testing/testProgram.ts";
import { startSchool, type TestSchool } from "../../infra/local/testing/startSchool.ts";
import { actOn, enterByCode, enterClass, signInAsTeacher } from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";
import { waitForMovingVideos } from "./setup/video.ts";
import { createVisitors } from "./setup/visitors.ts";

const program = findTestProgram("livekit");
const path = "path" in program ? program.path : null;
const { arrive } = createVisitors();

const switchOf = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
/** 1 where the first tile is wider than the second, 0 where they are alike. */
const firstIsLarger = async (page: Page): Promise<number> => {
  const boxes = await page
    .locator("[data-tile]")
    .evaluateAll((tiles) => tiles.map((tile) => Math.round(tile.getBoundingClientRect().width)));
  return Math.sign((boxes[0] ?? 0) - (boxes[1] ?? 0));
};
/** Notes every connection that the page opens from now on. */
const noteConnections = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const opened: RTCPeerConnection[] = [];
    Object.assign(window, { opened });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        opened.push(this);
      }
    };
  });
/** What the server sends, shown or not: `audio`, `video`, each once for every track. */
const arriving = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const kinds: string[] = [];
    for (const connection of (window as unknown as { opened: RTCPeerConnection[] }).opened) {
      if (connection.connectionState === "closed") continue;
      const report: RTCStatsReport = await connection.getStats();
      report.forEach(({ type, kind }: { type: string; kind: string }) => {
        if (type === "inbound-rtp") kinds.push(kind);
      });
    }
    return kinds.toSorted();
  });
const heights = (page: Page): Promise<number[]> =>
  page
    .locator("video")
    .evaluateAll((videos: HTMLVideoElement[]) => videos.map((one) => one.videoHeight));
const isOn = (page: Page, name: string) => switchOf(page, name).getAttribute("aria-pressed");

describe.skipIf(path === null)("a class over LiveKit", () => {
  let server: LiveKitTestServer;
  let school: TestSchool;
  beforeAll(async () => {
    server = await startLiveKitServer(path ?? "");
    school = await startSchool({
      environment: {
        LIVEKIT_URL: server.url,
        LIVEKIT_API_KEY: server.apiKey,
        LIVEKIT_API_SECRET: server.apiSecret,
      },
    });
  });
  afterAll(async () => {
    await school.stop({ erase: true });
    await server.close();
  });

  it("is seen, arranged as one likes, moderated by its teacher, and left for good by whom they remove", async () => {
    const liveClass = await startClass(school, { title: "Fractions", video: "livekit" });
    const teacher = (await arrive()).page;
    const student = (await arrive({ width: "tablet" })).page;
    await noteConnections(student);
    await signInAsTeacher(teacher, school);
    await enterClass(teacher, liveClass);
    await enterByCode(student, liveClass, "Halima Omari");
    await Promise.all([teacher, student].map((page) => waitForMovingVideos(page, 2)));
    await teacher
      .getByRole("button", { name: /^Share/ })
      .first()
      .waitFor();
    expect(await student.getByRole("button", { name: /^Share/ }).count()).toBe(0);

    await teacher.getByRole("tab", { name: "People" }).click();
    await actOn(teacher, "Halima Omari", "Show large to all");
    await expect.poll(() => firstIsLarger(teacher)).toBe(1);
    await actOn(teacher, "Halima Omari", "No longer show large");
    await expect.poll(() => firstIsLarger(teacher)).toBe(0);

    await teacher.keyboard.press("Alt+l");
    await teacher.keyboard.press("Alt+l");
    await expect.poll(() => isOn(teacher, "Speaker")).toBe("true");
    await expect.poll(() => firstIsLarger(teacher)).toBe(1);
    await waitForMovingVideos(teacher, 2);

    // Down the ladder, and up again: what arrives is as much as was chosen, and the teacher sees which.
    await expect.poll(() => isOn(teacher, "Microphone")).toBe("true");
    await expect.poll(() => arriving(student)).toEqual(["audio", "video"]);
    await student.getByRole("button", { name: /^Connected/ }).click();
    const choose = (mode: RegExp) => student.getByRole("radio", { name: mode }).check();
    const row = teacher.getByRole("listitem").filter({ hasText: "Halima Omari" });
    await choose(/^Teacher’s picture only/);
    await Promise.all([
      waitForText(row, "teacher’s picture only"),
      ...[student, teacher].map((page) => expect.poll(() => heights(page)).toContain(180)),
    ]);
    expect(await arriving(student)).toEqual(["audio", "video"]);
    await choose(/^Sound and board/);
    await expect.poll(() => arriving(student)).toEqual(["audio"]);
    await choose(/^Text and board/);
    await Promise.all([
      waitForText(row, "text and board"),
      expect.poll(() => arriving(student)).toEqual([]),
    ]);
    await choose(/^Everything/);
    await student.keyboard.press("Escape");
    await waitForMovingVideos(student, 1);
    await expect.poll(() => arriving(student)).toEqual(["audio", "video"]);
    await waitForTextGone(row, "text and board");

    await switchOf(student, "Microphone").click();
    await expect.poll(() => isOn(student, "Microphone")).toBe("true");
    await actOn(teacher, "Halima Omari", "Mute");
    await waitForText(student, "Amina Juma switched your microphone off.");
    expect(await isOn(student, "Microphone")).toBe("false");

    await actOn(teacher, "Halima Omari", "Remove");
    await teacher.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await waitForText(student, /removed you|You were removed/);
    await expect.poll(() => teacher.locator("video").count()).toBe(1);
    await student.goto(liveClass.url);
    await waitForText(student, /removed you|You were removed/);
  });
});
