import type { Page } from "playwright-core";
import { beforeAll, expect, inject, test } from "vitest";
import { askAsAdmin } from "./setup/admin.ts";
import { endClass, enterClass, signIn, signInAsTeacher } from "./setup/person.ts";
import { startClass, type StartedClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const dayMs = 24 * 3_600_000;
const { arrive } = createVisitors();
let liveClass: StartedClass;
beforeAll(async () => {
  liveClass = await startClass(school, { title: "Register of light", video: "none" });
});

/** The page of a term shows fifty students at a time, and prints them all. */
async function printsWhole(page: Page): Promise<void> {
  await page.route(/\/api\/rooms\/[^/]+\/attendance\?/, async (route) => {
    const response = await route.fetch();
    const register = (await response.json()) as { readonly people: readonly object[] };
    const people = Array.from({ length: 60 }, (_, n) => ({
      ...register.people[0],
      name: `Student ${n}`,
    }));
    await route.fulfill({ response, json: { ...register, people } });
  });
  await page.reload();
  const students = page.getByRole("rowheader", { name: /^Student / });
  await expect.poll(() => students.count()).toBe(50);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await students.count()).toBe(60);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await students.count()).toBe(50);
}

test("a teacher sees in class who is here, corrects the register, and reads the term; a student reads their own", async () => {
  const [teacher, student] = [(await arrive()).page, (await arrive()).page];
  await signInAsTeacher(teacher, school);
  await signIn(student, school, "baraka@demo.darasa");
  await enterClass(student, liveClass);
  await enterClass(teacher, liveClass);
  await teacher.getByRole("link", { name: "1 of 6 here" }).waitFor();

  await teacher.goto(`${liveClass.url}/register`);
  const line = teacher.getByRole("row", { name: /Neema Kimaro/ });
  await waitForText(line, "Absent", { exact: true });
  await line.getByRole("button", { name: "Correct the verdict of Neema Kimaro" }).click();
  const dialog = teacher.getByRole("dialog", { name: "Correct Neema Kimaro" });
  await dialog.getByRole("radio", { name: "Excused" }).check();
  await dialog.getByRole("button", { name: "Correct", exact: true }).click();
  await waitForText(dialog, "Say in a few words why.");
  await dialog.getByLabel("Reason").fill("Choir");
  await dialog.getByRole("button", { name: "Correct", exact: true }).click();
  await waitForText(line, "Excused", { exact: true });
  await waitForText(line, "Amina Juma: Choir");
  await teacher.getByRole("button", { name: "Undo" }).click();
  await waitForText(line, "Absent", { exact: true });
  await line.getByRole("button", { name: "Correct the verdict of Neema Kimaro" }).click();
  await dialog.getByRole("radio", { name: "Excused" }).check();
  await dialog.getByLabel("Reason").fill("Choir");
  await dialog.getByRole("button", { name: "Correct", exact: true }).click();
  await waitForText(line, "Amina Juma: Choir");

  // On paper and on a tablet a line is a line: names are not put one letter below the other.
  const screen = teacher.viewportSize();
  await teacher.setViewportSize({ width: 720, height: 900 });
  await teacher.emulateMedia({ media: "print" });
  await expect.poll(async () => (await line.boundingBox())?.height ?? Infinity).toBeLessThan(100);
  await teacher.emulateMedia({ media: "screen" });
  if (screen) await teacher.setViewportSize(screen);

  const file = teacher.waitForEvent("download");
  await teacher.getByRole("button", { name: "Download Excel" }).click();
  expect((await file).suggestedFilename()).toMatch(
    /^attendance-Register of light-\d{4}-\d\d-\d\d\.xlsx$/,
  );

  const isoDay = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
  const asAdmin = await askAsAdmin(school);
  await asAdmin("/api/terms", {
    name: "Term of light",
    startsOn: isoDay(Date.now() - 30 * dayMs),
    endsOn: isoDay(Date.now() + 30 * dayMs),
  });
  // The end of the class puts it into the term.
  await enterClass(teacher, liveClass);
  await endClass(teacher);

  await teacher.goto(`${school.baseUrl}/`);
  await teacher.getByRole("link", { name: "Register of Register of light" }).click();
  await teacher.getByRole("heading", { level: 1, name: "Register of the term" }).waitFor();
  const chosen = teacher.getByLabel("Term", { exact: true });
  await expect.poll(() => chosen.locator("option:checked").textContent()).toBe("Term of light");
  const inTerm = teacher.getByRole("row", { name: /Neema Kimaro/ });
  await inTerm.getByRole("cell", { name: "Excused, 0 min, corrected" }).waitFor();

  await printsWhole(teacher);

  await student.goto(`${school.baseUrl}/`);
  await student.getByRole("link", { name: "My attendance in Register of light" }).click();
  await student.getByRole("heading", { level: 1, name: "My attendance" }).waitFor();
  await student.getByRole("rowheader", { name: "Register of light" }).waitFor();
});
