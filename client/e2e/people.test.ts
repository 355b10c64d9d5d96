import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { askAsAdmin } from "./setup/admin.ts";
import { enterClass, signIn } from "./setup/person.ts";
import { startClass, type StartedClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();
/** A lock takes effect everywhere within this time. */
const lockedOutWithinMs = 5_000;

async function openAdmin(page: Page): Promise<void> {
  await signIn(page, school, "admin@demo.darasa");
  await page.getByRole("button", { name: "Grace Mollel" }).click();
  await page.getByRole("menuitem", { name: "Administration" }).click();
  await page.getByRole("heading", { level: 1, name: "Administration" }).waitFor();
  await page.getByRole("button", { name: "Baraka Mushi" }).waitFor();
}

async function makeLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("By a link", { exact: true }).click();
  await dialog.getByLabel("How many people").fill("2");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  return link;
}

async function accept(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill("Zuhura Ally");
  await page.getByLabel("E-mail").fill("zuhura@home.example");
  await page.getByRole("textbox", { name: "Password" }).fill("daraja tembo 7 chungwa");
  await page.getByRole("button", { name: /account/ }).click();
  await page.getByRole("heading", { level: 1, name: /Good/ }).waitFor();
}

async function find(page: Page, name: string): Promise<void> {
  await page.getByLabel("Search by name or address").fill(name.slice(0, 5).toUpperCase());
  await page.getByRole("button", { name: "Baraka Mushi" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name }).click();
}

/** Lets the one whom that part of a name or address finds into the class's room. */
async function addMember({ liveClassId }: StartedClass, query: string): Promise<void> {
  const asAdmin = await askAsAdmin(school);
  const { people } = await asAdmin<{ people: { id: string }[] }>(`/api/people?query=${query}`);
  const { roomId } = await asAdmin<{ roomId: string }>(`/api/live-classes/${liveClassId}`);
  await asAdmin(`/api/rooms/${roomId}/members`, { userId: people[0]?.id, role: "teacher" });
}

test("somebody comes in by a link, becomes a teacher, and is out at once when their account is closed", async () => {
  const { page } = await arrive();
  await openAdmin(page);
  const link = await makeLink(page);
  const { page: other } = await arrive({ width: "tablet" });
  await accept(other, link);
  await other.getByRole("button", { name: /Zuhura Ally/ }).waitFor();
  expect(await other.getByRole("button", { name: "New room" }).count()).toBe(0);

  await find(page, "Zuhura Ally");
  const dialog = page.getByRole("dialog");
  await dialog.first().getByLabel("Role").selectOption("Teacher");
  await dialog.first().getByRole("button", { name: "Save" }).click();
  await dialog.last().getByRole("button", { name: "Change the role" }).click();
  await waitForText(page, "Saved: Zuhura Ally");
  await other.reload();
  await other.getByRole("button", { name: /Zuhura Ally Teacher/ }).waitFor();

  const liveClass = await startClass(school, { title: "Locked out", video: "none" });
  await addMember(liveClass, "zuhura");
  await enterClass(other, liveClass);
  await dialog.getByRole("button", { name: "Close the account" }).click();
  await dialog.last().getByRole("button", { name: "Close the account" }).click();
  const closedAtMs = Date.now();
  const lockedOutMs = other
    .getByRole("heading", { level: 1, name: /Sign in|Welcome/ })
    .waitFor()
    .then(() => Date.now() - closedAtMs);
  // What the administrator is told does not stand there for long.
  await waitForText(page, "The account of Zuhura Ally is closed.");
  expect(await lockedOutMs).toBeLessThan(lockedOutWithinMs);

  await dialog.getByRole("link", { name: "See what was done about this person" }).click();
  await waitForText(page, "Grace Mollel closed the account of Zuhura Ally.");
  await waitForText(page, "Grace Mollel changed the role of Zuhura Ally from Student to Teacher.");
});

test("a roster is looked at row by row, imported, and its bad rows come back as a file", async () => {
  const { page } = await arrive({ width: "phone" });
  await openAdmin(page);
  await page.getByRole("button", { name: "Import a list" }).click();
  const dialog = page.getByRole("dialog");
  const rows = ["Jina;Barua pepe;Darasa", "Asha;asha@home.example;", "Kito;kito at home;"];
  await dialog.getByLabel("Choose a CSV file").setInputFiles({
    name: "form2.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      [...rows, "Pili;pili@home.example;Alchemy", "Baraka;baraka@demo.darasa;"].join("\r\n"),
    ),
  });
  await dialog.getByRole("button", { name: "Check the list" }).click();
  await waitForText(dialog, "“kito at home” cannot be the e-mail.");
  await waitForText(dialog, "There is no room “Alchemy”.");
  await dialog.getByRole("button", { name: "Invite 1 person" }).click();
  await waitForText(dialog, "All good lines are done.");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download these lines" }).click();
  const file = await (await download).createReadStream();
  const text = Buffer.concat(await file.toArray()).toString();
  expect(text.split("\r\n").slice(1, 3)).toEqual([
    '"Kito","kito at home","","","“kito at home” cannot be the e-mail."',
    '"Pili","pili@home.example","","Alchemy","There is no room “Alchemy”."',
  ]);
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Invitations" }).click();
  await page.getByRole("row", { name: /asha@home.example/ }).waitFor();
});
