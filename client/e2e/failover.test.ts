import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Page } from "playwright-core";
import {
  startLiveKitServer,
  type LiveKitTestServer,
} from "../../infra/database/src/testing/liveKitServer.ts";
import { findTestProgram } from "../../infra/database/src/testing/testProgram.ts";
import { findBarriers } from "./setup/accessibility.ts";
import {
  boardOf,
  enterByCode,
  passLobby,
  say,
  signInAsTeacher,
  waitForChat,
} from "./setup/person.ts";
import { removeOwnLiveKit, setOwnLiveKit, startClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { waitForMovingVideos } from "./setup/video.ts";
import { createVisitors } from "./setup/visitors.ts";

const program = findTestProgram("livekit");
const path = "path" in program ? program.path : null;
const school = inject("school");
const { arrive } = createVisitors();

const isOn = async (page: Page, name: string) =>
  (await page.getByRole("button", { name, exact: true }).getAttribute("aria-pressed")) === "true";

describe.skipIf(path === null)("a class whose video server dies", () => {
  let server: LiveKitTestServer;
  beforeAll(async () => {
    server = await startLiveKitServer(path ?? "");
    // The school's own: nothing but the page of its classes may reach it.
    await setOwnLiveKit(school, server);
  });
  afterAll(async () => {
    await Promise.all([removeOwnLiveKit(school), server.close()]);
  });

  it("goes on directly between the browsers at its teacher's press, and goes back; board and chat stay", async () => {
    const liveClass = await startClass(school, { title: "Halves and quarters", video: "livekit" });
    const teacher = (await arrive()).page;
    const student = (await arrive({ width: "tablet" })).page;
    const everybody = (wait: (page: Page) => Promise<unknown>) =>
      Promise.all([teacher, student].map(wait));
    // By a link within the page, as from home: the page of a class is loaded anew to reach its server.
    const enterFromHome = async () => {
      await signInAsTeacher(teacher, school);
      const links = teacher.getByRole("link", { name: /Halves and quarters/ });
      await links.first().click();
      await passLobby(teacher);
    };
    await Promise.all([enterFromHome(), enterByCode(student, liveClass, "Halima Omari")]);
    await everybody((page) => waitForMovingVideos(page, 2));
    await student.getByRole("button", { name: "Microphone", exact: true }).click();
    await expect.poll(() => isOn(student, "Microphone")).toBe(true);
    await say(student, "before");
    const board = await boardOf(student).elementHandle();

    // It does not stand there for long.
    const seeNews = (text: RegExp) => everybody((page) => waitForText(page, text));

    await server.kill();
    await waitForText(teacher, "LiveKit does not answer.");
    await waitForText(student, "Sound and pictures have stopped.");
    expect(await findBarriers(teacher)).toEqual([]);
    await say(student, "meanwhile");
    await teacher.getByRole("button", { name: "Directly between browsers" }).click();
    await seeNews(/The class goes on with: Directly between browsers/);
    await everybody((page) => waitForMovingVideos(page, 2));
    await everybody((page) => waitForChat(page, ["before", "meanwhile"]));
    expect(await isOn(student, "Microphone")).toBe(true);
    expect(await isOn(student, "Camera")).toBe(true);
    expect(await board.evaluate((element) => element.isConnected)).toBe(true);

    await server.start();
    // The class stays in sight while it is asked what else it may go on with.
    let answer = (): void => undefined;
    const asked = new Promise<void>((tell) => {
      void teacher.route("**/api/live-classes/*/video", async (route) => {
        tell();
        await new Promise<void>((goOn) => (answer = goOn));
        await route.continue();
      });
    });
    await teacher.getByRole("button", { name: "Class controls" }).click();
    await asked;
    expect(await teacher.getByRole("toolbar").first().isVisible()).toBe(true);
    answer();
    const choice = teacher.getByRole("combobox", { name: "Sound and pictures" });
    await choice.selectOption({ value: "livekit" });
    await teacher.keyboard.press("Escape");
    await seeNews(/The class goes on with: .*LiveKit/);
    await everybody((page) => waitForMovingVideos(page, 2));
  });
});
