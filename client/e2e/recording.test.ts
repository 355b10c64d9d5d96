import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  startLiveKitServer,
  type LiveKitTestServer,
} from "../../infra/database/src/testing/liveKitServer.ts";
import {
  startStandInEgress,
  type StandInEgress,
} from "../../infra/database/src/testing/standInEgress.ts";
import { findTestProgram } from "../../infra/database/src/testing/testProgram.ts";
import { startSchool, type TestSchool } from "../../infra/local/testing/startSchool.ts";
import { findBarriers } from "./setup/accessibility.ts";
import { filmMp4, tellEgressEnded } from "./setup/egress.ts";
import { enterByCode, enterClass, signInAsTeacher } from "./setup/person.ts";
import { allowRecordings, startClass } from "./setup/schoolApi.ts";
import { dotPlace, moveTo, screenTile, shareUpright } from "./setup/sharedScreen.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const { arrive } = createVisitors();
const program = findTestProgram("livekit");
const path = "path" in program ? program.path : "";
let liveKit: LiveKitTestServer;
let egress: StandInEgress;
let school: TestSchool;
let folder: string;
beforeAll(async () => {
  if (path === "") return;
  liveKit = await startLiveKitServer(path);
  egress = await startStandInEgress(liveKit.url);
  folder = await mkdtemp(join(tmpdir(), "darasa-recordings-"));
  school = await startSchool({
    environment: {
      LIVEKIT_URL: egress.url,
      LIVEKIT_API_KEY: liveKit.apiKey,
      LIVEKIT_API_SECRET: liveKit.apiSecret,
      RECORDINGS_FOLDER: folder,
    },
  });
});
afterAll(async () => {
  if (path === "") return;
  await school.stop({ erase: true });
  egress.close();
  await liveKit.close();
  await rm(folder, { recursive: true, force: true });
});

async function openRecording(teacher: Page): Promise<void> {
  await teacher.getByLabel("More", { exact: true }).click();
  await teacher.getByRole("menuitem", { name: "Record…" }).click();
}

test.skipIf(path === "")(
  "a teacher records a class: all are told and asked, see what is pointed at, it rests, ends, and is listed for the room",
  { timeout: 120_000 },
  async () => {
    const liveClass = await startClass(school, { title: "Fractions", video: "livekit" });
    const [{ page: teacher }, { page: student }] = [
      await arrive(),
      await arrive({ width: "phone" }),
    ];
    await signInAsTeacher(teacher, school);
    await enterClass(teacher, liveClass);
    await shareUpright(student);
    await enterByCode(student, liveClass, "Neema Kimaro");
    const isSent = async (...names: string[]) =>
      Promise.all(
        names.map((name) =>
          student.getByRole("button", { name, exact: true }).getAttribute("aria-pressed"),
        ),
      );
    await teacher.getByRole("tab", { name: /People/ }).click();
    await teacher.getByRole("button", { name: "Actions for Neema Kimaro" }).click();
    await teacher.getByRole("menuitem", { name: "Let present" }).click();
    await student.getByRole("button", { name: "Share screen" }).click();
    await expect.poll(() => isSent("Camera", "Share screen")).toEqual(["true", "true"]);
    await waitForText(teacher, "Neema Kimaro's screen");

    await openRecording(teacher);
    await waitForText(teacher, "Your school does not let classes be recorded.");
    expect(await teacher.getByRole("button", { name: "Start recording" }).count()).toBe(0);
    await teacher.keyboard.press("Escape");
    await allowRecordings(school);
    await openRecording(teacher);
    await waitForText(teacher, "It is kept for 90 days");
    expect(await findBarriers(teacher)).toEqual([]);
    await teacher.getByRole("button", { name: "Start recording" }).click();

    // Nobody is seen before they have said yes.
    const question = student.getByRole("dialog", { name: "This class is being recorded" });
    await question.waitFor();
    await waitForText(question, "your camera and your shared screen are off");
    await expect.poll(() => isSent("Camera", "Share screen")).toEqual(["false", "false"]);
    await waitForTextGone(teacher, "Neema Kimaro's screen");
    expect(await findBarriers(student)).toEqual([]);
    await question.getByRole("button", { name: "Stay", exact: true }).click();
    await expect.poll(() => isSent("Camera", "Share screen")).toEqual(["true", "true"]);
    await waitForText(teacher, "Neema Kimaro's screen");
    for (const page of [teacher, student]) {
      await waitForText(page.getByRole("status"), "Recording", { exact: true });
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
    await waitForText(late.getByRole("status"), "Recording", { exact: true });
    expect(await late.getByRole("dialog").count()).toBe(0);
    const filming = filmMp4(late);

    // What the teacher points at on the presenter's screen is seen there, however large the picture is.
    const point = screenTile(teacher).getByRole("button", { name: "Point" });
    await point.click();
    await moveTo(teacher, { x: 0.2, y: 0.95 });
    await expect.poll(() => dotPlace(late, "Amina Juma")).toEqual({ x: 0.2, y: 0.95 });
    expect(await screenTile(late).getByRole("button", { name: "Point" }).count()).toBe(0);
    expect(await findBarriers(teacher)).toEqual([]);
    await teacher.keyboard.press("ArrowRight");
    await expect.poll(() => dotPlace(late, "Amina Juma")).toEqual({ x: 0.22, y: 0.95 });
    await teacher.keyboard.press("Escape");
    await expect.poll(() => dotPlace(late, "Amina Juma")).toBeNull();
    expect(await point.getAttribute("aria-pressed")).toBe("false");

    await openRecording(teacher);
    await teacher.getByRole("button", { name: "Pause" }).click();
    await waitForText(student, "Recording paused");
    await openRecording(teacher);
    await teacher.getByRole("button", { name: "Stop recording" }).click();
    await waitForTextGone(student, "Recording paused");
    expect(egress.asked.map((asked) => asked.split(" ")[0])).toEqual(["Start", "Stop"]);

    // A storage that refuses is told while the class still runs.
    await openRecording(teacher);
    await teacher.getByRole("button", { name: "Start recording" }).click();
    await expect.poll(() => egress.files.length).toBe(2);
    const [file, refused] = egress.files;
    if (!file || !refused) throw new Error("Egress was not asked for both files.");
    const saved = { error: "S3 upload failed: NoSuchBucket" };
    const of = { ...liveKit, egressId: "EG_3", file: refused };
    await tellEgressEnded(school.baseUrl, { ...of, saved });
    await waitForText(teacher, "The recording of this class could not be saved.");
    await openRecording(teacher);
    await waitForText(teacher.getByRole("dialog"), "tell an administrator of your school");
    expect(await findBarriers(teacher)).toEqual([]);

    await teacher.goto(`${school.baseUrl}/room/${liveClass.roomId}/recordings`);
    await waitForText(teacher, "Being saved");
    await waitForText(teacher, "What was recorded is lost.");
    expect(await findBarriers(teacher)).toEqual([]);

    // Where the storage has not got it, that is said; then it is watched where one wants, and only that is fetched.
    const film = await filming;
    const whole = { egressId: "EG_1", file, saved: { bytes: film.length } };
    await tellEgressEnded(school.baseUrl, { ...liveKit, ...whole });
    const fetched = new Set<string | undefined>();
    teacher.on("response", (response) => {
      if (response.url().includes("/api/recording-files/"))
        fetched.add(response.headers()["content-range"]);
    });
    await teacher.reload();
    await teacher.getByRole("button", { name: "Watch Fractions" }).click();
    await waitForText(teacher, "The recordings cannot be reached right now.");
    expect(await findBarriers(teacher)).toEqual([]);
    await mkdir(dirname(file.filepath), { recursive: true });
    await writeFile(file.filepath, film);
    await teacher.getByRole("button", { name: "Try again" }).click();
    const video = teacher.getByLabel("Fractions, part 1");
    const at = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
    await expect.poll(at).toBeGreaterThan(0);
    const middle = await video.evaluate((element: HTMLVideoElement) => {
      element.pause();
      element.currentTime = element.duration / 2;
      return element.duration / 2;
    });
    const isThere = () =>
      video.evaluate(({ seeking, error }: HTMLVideoElement) => !seeking && error === null);
    await expect.poll(isThere).toBe(true);
    expect(await at()).toBeCloseTo(middle, 1);
    const size = String(film.length);
    expect(fetched).toContain(`bytes 0-${String(film.length - 1)}/${size}`);
    expect([...fetched].some((range) => /^bytes [1-9]/.test(range ?? ""))).toBe(true);
  },
);
