import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  startStandInEgress,
  type StandInEgress,
} from "../../infra/database/src/testing/standInEgress.ts";
import { startSchool, type TestSchool } from "../../infra/local/testing/startSchool.ts";
import { findBarriers } from "./setup/accessibility.ts";
import { enterByCode, enterClass, signInAsTeacher } from "./setup/person.ts";
import { allowRecordings, startClass } from "./setup/schoolApi.ts";
import { createVisitors } from "./setup/visitors.ts";

const { arrive } = createVisitors();
let egress: StandInEgress;
let school: TestSchool;
let folder: string;
beforeAll(async () => {
  egress = await startStandInEgress();
  folder = await mkdtemp(join(tmpdir(), "darasa-recordings-"));
  school = await startSchool({
    environment: {
      LIVEKIT_URL: egress.url,
      LIVEKIT_API_KEY: "darasa-test",
      LIVEKIT_API_SECRET: "a secret of thirty-two bytes, or more",
      RECORDINGS_FOLDER: folder,
    },
  });
});
afterAll(async () => {
  await school.stop({ erase: true });
  egress.close();
  await rm(folder, { recursive: true, force: true });
});

async function openRecording(teacher: Page): Promise<void> {
  await teacher.getByLabel("More", { exact: true }).click();
  await teacher.getByRole("menuitem", { name: "Record…" }).click();
}

test(
  "a teacher records a class: all are told and asked, it rests, ends, and is listed for the room",
  { timeout: 90_000 },
  async () => {
    const liveClass = await startClass(school, { title: "Fractions", video: "livekit" });
    const [{ page: teacher }, { page: student }] = [
      await arrive(),
      await arrive({ width: "phone" }),
    ];
    await signInAsTeacher(teacher, school);
    await enterClass(teacher, liveClass);
    await enterByCode(student, liveClass, "Neema Kimaro");
    const camera = student.getByRole("button", { name: "Camera", exact: true });
    const isSeen = () => camera.getAttribute("aria-pressed");

    await openRecording(teacher);
    await teacher.getByText("Your school does not let classes be recorded.").waitFor();
    expect(await teacher.getByRole("button", { name: "Start recording" }).count()).toBe(0);
    await teacher.keyboard.press("Escape");
    await allowRecordings(school);
    await openRecording(teacher);
    await teacher.getByText("It is kept for 90 days").waitFor();
    expect(await findBarriers(teacher)).toEqual([]);
    await teacher.getByRole("button", { name: "Start recording" }).click();

    // Nobody is seen before they have said yes.
    const question = student.getByRole("dialog", { name: "This class is being recorded" });
    await question.waitFor();
    await expect.poll(isSeen).toBe("false");
    expect(await findBarriers(student)).toEqual([]);
    await question.getByRole("button", { name: "Stay", exact: true }).click();
    await expect.poll(isSeen).toBe("true");
    for (const page of [teacher, student]) {
      await page.getByRole("status").getByText("Recording", { exact: true }).waitFor();
    }
    expect(await findBarriers(student)).toEqual([]);

    // Who comes later is asked at the door.
    const { page: late } = await arrive({ width: "tablet" });
    await late.goto(new URL(`/join/${liveClass.code}`, liveClass.url).href);
    await late.getByLabel("Your name").fill("Halima Omari");
    await late.getByRole("button", { name: "Join the class" }).click();
    await late.getByRole("heading", { name: "This class is being recorded" }).waitFor();
    expect(await findBarriers(late)).toEqual([]);
    await late.getByRole("button", { name: "Enter without camera and microphone" }).click();
    await late.getByRole("toolbar").first().waitFor();
    await late.getByRole("status").getByText("Recording", { exact: true }).waitFor();
    expect(await late.getByRole("dialog").count()).toBe(0);

    await openRecording(teacher);
    await teacher.getByRole("button", { name: "Pause" }).click();
    await student.getByText("Recording paused").first().waitFor();
    await openRecording(teacher);
    await teacher.getByRole("button", { name: "Stop recording" }).click();
    await student.getByText("Recording paused").first().waitFor({ state: "detached" });
    expect(egress.asked.map((asked) => asked.split(" ")[0])).toEqual(["Start", "Stop"]);

    await teacher.goto(`${school.baseUrl}/room/${liveClass.roomId}/recordings`);
    await teacher.getByText("Being saved").waitFor();
    expect(await findBarriers(teacher)).toEqual([]);
  },
);
