import { readFile } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import {
  actOn,
  drawStroke,
  endClass,
  enterByCode,
  passLobby,
  readClassCode,
  say,
  signIn,
  signInAsTeacher,
  waitForChat,
  waitForShapes,
} from "./setup/person.ts";
import { waitForText } from "./setup/texts.ts";
import { waitForMovingVideos } from "./setup/video.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { people, arrive } = createVisitors();

test("a class from its start to its register", async () => {
  const [teacher, baraka, guest] = [await arrive(), await arrive(), await arrive()];

  // The teacher starts a class; its code stands in the header.
  await signInAsTeacher(teacher.page, school);
  await teacher.page.getByRole("button", { name: "Start class", exact: true }).first().click();
  const dialog = teacher.page.getByRole("dialog", { name: "Start a class" });
  await dialog.getByRole("combobox", { name: "Room" }).selectOption({ label: "Biology, Form 2" });
  await dialog.getByRole("textbox", { name: "Title" }).fill("Cells and tissues");
  await dialog.getByRole("button", { name: "Start class" }).click();
  await passLobby(teacher.page);
  const liveClass = {
    liveClassId: teacher.page.url().split("/").at(-1) ?? "",
    code: await readClassCode(teacher.page),
    title: "Cells and tissues",
    url: teacher.page.url(),
  };

  // One student comes by account, from home; one by code.
  await signIn(baraka.page, school, "baraka@demo.darasa");
  await baraka.page.getByRole("link", { name: "Join Cells and tissues" }).click();
  await passLobby(baraka.page);
  await enterByCode(guest.page, liveClass, "Halima <b>Omari</b>");
  await Promise.all(people.map(({ page }) => waitForMovingVideos(page, 3)));

  // Chat reaches all, in order, once.
  await say(teacher.page, "Good morning");
  await waitForChat(baraka.page, ["Good morning"]);
  await say(baraka.page, "Good morning, teacher");
  await waitForChat(guest.page, ["Good morning", "Good morning, teacher"]);
  await say(guest.page, "<img src=x onerror=alert(1)>");
  const all = ["Good morning", "Good morning, teacher", "<img src=x onerror=alert(1)>"];
  for (const { page } of people) await waitForChat(page, all);

  // Hands stand in the order in which they were raised.
  await guest.page.getByRole("button", { name: "Raise hand" }).click();
  await teacher.page.getByRole("button", { name: /1 raised hand/ }).waitFor();
  await baraka.page.getByRole("button", { name: "Raise hand" }).click();
  await teacher.page.getByRole("button", { name: /2 raised hands/ }).click();
  const rows = teacher.page.getByRole("listitem").filter({ hasText: /Number \d, since/ });
  await rows.nth(1).waitFor();
  expect(await rows.nth(0).innerText()).toContain("Halima <b>Omari</b>");
  expect(await rows.nth(1).innerText()).toContain("Baraka Mushi");

  // The teacher draws, all see it; a student may not, is allowed, and then can.
  await drawStroke(teacher.page, 0);
  for (const { page } of people) await waitForShapes(page, 1);
  await waitForText(baraka.page, "View only. Your hand is up.");
  expect(await baraka.page.getByTestId("tools.draw").count()).toBe(0);
  await actOn(teacher.page, "Baraka Mushi", "Allow drawing");
  await baraka.page.getByTestId("tools.draw").waitFor();
  await drawStroke(baraka.page, 1);
  for (const { page } of people) await waitForShapes(page, 2);

  // The end, apart from leaving.
  await endClass(teacher.page);
  for (const { page } of [baraka, guest]) {
    await page.getByRole("heading", { name: /has ended/ }).waitFor();
  }

  // The register has the three who came.
  await teacher.page.getByRole("link", { name: "Open the register" }).click();
  for (const name of ["Amina Juma", "Baraka Mushi", "Halima <b>Omari</b>"]) {
    await waitForText(teacher.page, name);
  }
  const [download] = await Promise.all([
    teacher.page.waitForEvent("download"),
    teacher.page.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  const [, ...lines] = csv.trim().split("\r\n");
  // Those of the room who did not come stand there, too.
  const came = lines.filter((line) => !line.includes(',"absent",'));
  expect(came).toHaveLength(3);
  for (const line of came) {
    const minutes = Number(/"(\d+\.\d)"/.exec(line)?.[1]);
    expect(minutes, line).toBeGreaterThan(0);
    expect(minutes, line).toBeLessThan(10);
  }
});
