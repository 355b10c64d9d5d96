import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { findBarriers } from "./setup/accessibility.ts";
import { enterByCode, enterClass, signInAsTeacher } from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { waitForMovingVideos } from "./setup/video.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();

interface Line {
  /** Of what WebRTC sends and receives from now on so much is lost. */
  lose(percent: number): Promise<void>;
}

/** A line that can be made thin. Chromium counts only those connections in that were opened afterwards. */
async function openLine(page: Page): Promise<Line> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const lose = async (packetLoss: number): Promise<void> => {
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: 20_000_000,
      uploadThroughput: 20_000_000,
      packetLoss,
      packetQueueLength: 50,
    });
  };
  await lose(0);
  return { lose };
}

async function usedMegabytes(page: Page): Promise<number> {
  return Number(await page.locator("[data-used-megabytes]").getAttribute("data-used-megabytes"));
}

test("[Q1 Q2] on a thin line less of the class is one press away, its teacher sees it, and what it costs is counted", async () => {
  const liveClass = await startClass(school, { title: "Thin line" });
  const [{ page: teacher }, { page: student }] = [await arrive(), await arrive()];
  const line = await openLine(student);
  const teacherEnters = async (): Promise<void> => {
    await signInAsTeacher(teacher, school);
    await enterClass(teacher, liveClass);
    await teacher.getByRole("tab", { name: /People/ }).click();
  };
  await Promise.all([teacherEnters(), enterByCode(student, liveClass, "Neema Kimaro")]);
  await waitForMovingVideos(student, 2);

  await line.lose(45);
  await waitForText(student, "Your line is thin. Take sound and board only?");
  await student.getByRole("button", { name: "Sound and board", exact: true }).click();
  await student.getByRole("button", { name: "Camera", exact: true }).waitFor({ state: "detached" });
  await expect.poll(() => student.locator("video").count()).toBe(0);

  const row = teacher.getByRole("listitem").filter({ hasText: "Neema Kimaro" });
  await waitForText(row, "sound and board");
  await waitForText(row, "Weak line");
  await teacher.getByRole("button", { name: /Weak line/ }).click();
  const shown = teacher.getByRole("list", { name: "People" }).getByRole("listitem");
  await expect.poll(() => shown.count()).toBe(1);
  expect(await findBarriers(teacher)).toEqual([]);

  // The meter has counted, and goes on after a reload, in the same mode.
  const open = (page: Page) => page.getByRole("button", { name: /^Connected/ }).click();
  await open(student);
  await expect.poll(() => usedMegabytes(student)).toBeGreaterThan(0.1);
  const before = await usedMegabytes(student);
  expect(await findBarriers(student)).toEqual([]);
  await student.getByRole("radio", { name: /^Text and board/ }).check();
  await waitForText(row, "text and board");
  await line.lose(0);
  await student.reload();
  await student.getByRole("button", { name: "Join", exact: true }).click();
  await student.getByRole("toolbar").first().waitFor();
  await open(student);
  await expect.poll(() => usedMegabytes(student)).toBeGreaterThanOrEqual(before);
  expect(await student.getByRole("radio", { name: /^Text and board/ }).isChecked()).toBe(true);
  await student.getByRole("radio", { name: /^Everything/ }).check();
  await student.keyboard.press("Escape");
  await waitForMovingVideos(student, 1);
});
