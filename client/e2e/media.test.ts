import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import type { Person } from "./setup/browser.ts";
import { actOn, enterByCode, enterClass, passLobby, signInAsTeacher } from "./setup/person.ts";
import { startClass, type StartedClass } from "./setup/schoolApi.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";
import { waitForMovingVideos } from "./setup/video.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();

/** The teacher at the pre-join screen; `browserSays` is what the browser answers to asking for devices. */
async function lobbyOf(person: Person, browserSays?: string): Promise<Page> {
  const { page } = person;
  if (browserSays !== undefined)
    await page.addInitScript((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", name));
    }, browserSays);
  const liveClass = await startClass(school, { title: "Devices" });
  await signInAsTeacher(page, school);
  await page.goto(liveClass.url);
  await joinButton(page).waitFor();
  return page;
}

const joinButton = (page: Page) => page.getByRole("button", { name: "Join", exact: true });
const switchOf = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Which voices the page lets through right now, one entry per other person. */
async function audible(page: Page): Promise<boolean[]> {
  return page
    .locator("audio")
    .evaluateAll((found) =>
      found
        .filter((audio): audio is HTMLAudioElement => audio instanceof HTMLAudioElement)
        .map((audio) => !audio.muted && !audio.paused),
    );
}

describe("pre-join", () => {
  test.each([
    ["NotAllowedError", "This page may not use your camera and microphone."],
    ["NotFoundError", "No camera and microphone found."],
    ["NotReadableError", "The browser could not start your camera and microphone."],
  ])("after %s it says why, what to do, and lets one in", async (error, words) => {
    const page = await lobbyOf(await arrive(), error);
    await waitForText(page, words);
    expect(await switchOf(page, "Camera").getAttribute("aria-pressed")).toBe("false");
    await page.getByRole("button", { name: "Join without camera and microphone" }).click();
    await page.getByRole("toolbar").first().waitFor();
    expect(await switchOf(page, "Camera").getAttribute("aria-pressed")).toBe("false");
  });

  test("on a page without HTTPS it says so before anything is pressed", async () => {
    const { page } = await arrive();
    await page.addInitScript(() => {
      Object.defineProperty(navigator, "mediaDevices", { value: undefined });
    });
    const liveClass = await startClass(school, { title: "No lock" });
    await page.goto(`${school.baseUrl}/join/${liveClass.code}`);
    await page.getByLabel("Your name").fill("Halima Omari");
    await page.getByRole("button", { name: "Join the class" }).click();
    await waitForText(page, "The address must begin with https://");
    await joinButton(page).click();
    await page.getByRole("toolbar").first().waitFor();
  });

  test.each(["wide", "phone"] as const)(
    "nothing jumps while one tries devices: %s",
    async (width) => {
      const page = await lobbyOf(await arrive({ width }));
      await waitForMovingVideos(page, 1);
      await waitForText(page, "Your microphone works.");
      const place = await joinButton(page).boundingBox();
      for (const name of ["Camera", "Microphone"]) await switchOf(page, name).click();
      await waitForText(page, "Your camera is off");
      expect(await joinButton(page).boundingBox()).toEqual(place);
      for (const name of ["Camera", "Microphone"]) await switchOf(page, name).click();
      await waitForMovingVideos(page, 1);
      expect(await joinButton(page).boundingBox()).toEqual(place);
    },
  );

  test("a student comes in muted, by the camera that they tried out, and their choice is remembered", async () => {
    const { page } = await arrive();
    await page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const openDevices = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = (constraints) => {
        performance.mark("device opened");
        return openDevices(constraints);
      };
    });
    const liveClass = await startClass(school, { title: "Again" });
    await enterByCode(page, liveClass, "Halima Omari");
    await waitForMovingVideos(page, 1);
    const openings = () => performance.getEntriesByName("device opened").length;
    expect(await page.evaluate(openings)).toBe(1);
    await page.getByRole("button", { name: "Camera", exact: true }).click();
    await expect.poll(() => page.locator("video").count()).toBe(0);
    await page.getByRole("button", { name: "Camera", exact: true }).click();
    await waitForMovingVideos(page, 1);
    expect(await page.evaluate(openings)).toBe(2);
    await page.reload();
    await joinButton(page).waitFor();
    expect(await switchOf(page, "Microphone").getAttribute("aria-pressed")).toBe("false");
    expect(await switchOf(page, "Camera").getAttribute("aria-pressed")).toBe("true");
  });
});

describe("in class", () => {
  async function teacherAndStudent(): Promise<{
    liveClass: StartedClass;
    teacher: Page;
    student: Page;
  }> {
    const liveClass = await startClass(school, { title: "Voices" });
    const [teacher, student] = [(await arrive()).page, (await arrive()).page];
    const teacherEnters = async (): Promise<void> => {
      await signInAsTeacher(teacher, school);
      await enterClass(teacher, liveClass);
    };
    await Promise.all([teacherEnters(), enterByCode(student, liveClass, "Halima Omari")]);
    await Promise.all([teacher, student].map((page) => waitForMovingVideos(page, 2)));
    return { liveClass, teacher, student };
  }

  test("whom the teacher mutes is silent for all and told by whom, and may speak again", async () => {
    const { teacher, student } = await teacherAndStudent();
    await switchOf(student, "Microphone").click();
    await expect.poll(() => audible(teacher)).toEqual([true]);
    await teacher.getByRole("tab", { name: "People" }).click();
    await actOn(teacher, "Halima Omari", "Mute");
    await waitForText(student, "Amina Juma switched your microphone off.");
    expect(await switchOf(student, "Microphone").getAttribute("aria-pressed")).toBe("false");
    await expect.poll(() => audible(teacher)).toEqual([false]);
    await switchOf(student, "Microphone").click();
    await expect.poll(() => audible(teacher)).toEqual([true]);
  });

  test("who talks while muted is told", async () => {
    const { student } = await teacherAndStudent();
    await switchOf(student, "Microphone").click();
    await expect
      .poll(() => switchOf(student, "Microphone").getAttribute("aria-pressed"))
      .toBe("true");
    // The browser's own microphone beeps each second; this one speaks without a pause.
    await student.evaluate(() => {
      AnalyserNode.prototype.getFloatTimeDomainData = (samples) => samples.fill(0.2);
    });
    await switchOf(student, "Microphone").click();
    await waitForText(student, "You are muted. Nobody hears you.");
  });

  test("a shared screen moves for the others, large, and ends by either button", async () => {
    const { teacher, student } = await teacherAndStudent();
    await teacher.getByRole("button", { name: /^Share/ }).click();
    await waitForText(student, "Amina Juma's screen");
    await waitForMovingVideos(student, 3);
    await teacher.getByRole("button", { name: /^Share/ }).click();
    await waitForTextGone(student, "Amina Juma's screen");
    await waitForMovingVideos(student, 2);
  });

  test("a second window of the same person takes the call over, and the first says so", async () => {
    const { liveClass, teacher, student } = await teacherAndStudent();
    const second = await student.context().newPage();
    await second.goto(liveClass.url);
    await passLobby(second);
    await waitForMovingVideos(second, 2);
    await waitForText(student, "Sound and video moved to your other window.");
    await waitForMovingVideos(teacher, 2);
    expect(await teacher.locator("video").count()).toBe(2);
  });
});
