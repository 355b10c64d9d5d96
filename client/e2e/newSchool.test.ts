import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { findBarriers } from "./setup/accessibility.ts";
import { enterPassword, openAccount, setUpFactor, signOut, waitForHome } from "./setup/account.ts";
import { nextCodeAt } from "./setup/authenticator.ts";
import { openSchool } from "./setup/openSchool.ts";
import { endClass, passLobby, readClassCode, say, waitForChat } from "./setup/person.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const { baseUrl } = inject("school");
const { arrive } = createVisitors();

const name = "Mto wa Mbu Secondary";
const admin = {
  name: "Neema Laizer",
  email: "neema@mto.example",
  password: "seven green lanterns",
};
const teacher = { name: "Juma Sanga", email: "juma@mto.example" };
const student = { name: "Asha Mrema", email: "asha@home.example" };
const guest = { name: "Mzee Otieno" };
const room = "Biology, Form 1";
const title = "What is alive?";

test("a new school, from nothing to the register of its first class", async () => {
  const { page: office } = await arrive();
  await openSchool(office, baseUrl, { name, admin });
  await waitForText(office, name);
  await waitForText(office, "0 of 4 done");
  expect(await findBarriers(office)).toEqual([]);
  await protectAccount(office);

  await inviteTeacher(office);
  const { page: desk } = await arrive();
  await acceptInvitation(desk, await readMailedLink(office, teacher.email), teacher.name);
  await importStudents(office);
  const { page: phone } = await arrive({ width: "phone" });
  await acceptInvitation(phone, await readMailedLink(office, student.email), student.name);

  await makeRoom(desk);
  const code = await startFirstClass(desk);
  await phone.reload();
  await phone.getByRole("link", { name: `Join ${title}` }).click();
  await passLobby(phone);
  const { page: otherPhone } = await arrive({ width: "phone" });
  await waitAtDoor(otherPhone, code);
  await admitGuest(desk);
  await passLobby(otherPhone);

  await talk([desk, phone, otherPhone]);
  await endClass(desk);
  for (const page of [phone, otherPhone]) {
    await page.getByRole("heading", { name: /has ended/ }).waitFor();
  }
  await checkRegister(desk);
  await checkFirstSteps(office);
});

/** A second factor, and in again with it. */
async function protectAccount(page: Page): Promise<void> {
  await openAccount(page, admin.name);
  const { secret } = await setUpFactor(page, admin.password);
  await page.getByRole("link", { name: "Darasa" }).click();
  await waitForText(page, "1 of 4 done");
  await signOut(page, admin.name);
  await enterPassword(page, { ...admin, school: name });
  await page.getByLabel("Code", { exact: true }).fill(nextCodeAt(secret, Date.now()));
  await page.getByRole("button", { name: "Continue" }).click();
  await waitForHome(page);
}

async function inviteTeacher(page: Page): Promise<void> {
  await page.getByRole("button", { name: admin.name }).click();
  await page.getByRole("menuitem", { name: "Administration" }).click();
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail addresses").fill(teacher.email);
  await dialog.getByLabel("Role").selectOption("Teacher");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
}

/** The link in the mail to that address, in the tab where a server that sends no mail shows it. */
async function readMailedLink(page: Page, address: string): Promise<string> {
  await page.getByRole("link", { name: "Mail" }).click();
  const mail = page.getByRole("listitem").filter({ hasText: address });
  return (await mail.getByRole("link").getAttribute("href")) ?? "";
}

async function acceptInvitation(page: Page, link: string, ownName: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("heading", { level: 1, name: `You are invited to ${name}` }).waitFor();
  await page.getByLabel("Your name").fill(ownName);
  await page.getByRole("textbox", { name: "Password" }).fill("daraja tembo 7 chungwa");
  await page.getByRole("button", { name: "Create my account" }).click();
  await waitForHome(page);
}

/** Three lines, of which the last is wrong, and is shown to be where it stands. */
async function importStudents(page: Page): Promise<void> {
  await page.getByRole("link", { name: "People" }).click();
  await page.getByRole("button", { name: "Import a list" }).click();
  const dialog = page.getByRole("dialog");
  const lines = [
    "name,email",
    `Asha,${student.email}`,
    "Pili,pili@home.example",
    "Kito,kito at home",
  ];
  await dialog.getByLabel("Choose a CSV file").setInputFiles({
    name: "form1.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(lines.join("\n")),
  });
  await dialog.getByRole("button", { name: "Check the list" }).click();
  const wrong = dialog.getByRole("row").filter({ hasText: "“kito at home” cannot be the e-mail." });
  expect(await wrong.getByRole("cell").first().innerText()).toBe("4");
  await dialog.getByRole("button", { name: "Invite 2 people" }).click();
  await waitForText(dialog, "All good lines are done.");
  await dialog.getByRole("button", { name: "Done" }).click();
}

/** A class room with the student who has come; the other one is not to be found yet. */
async function makeRoom(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New room" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(room);
  await page.getByRole("button", { name: "Make the room" }).click();
  await page.getByRole("button", { name: `${room}: 1 member` }).click();
  const dialog = page.getByRole("dialog", { name: `Members of ${room}` });
  const search = dialog.getByLabel("Find somebody");
  await search.fill("Pili");
  await waitForText(dialog, "Who was invited is found here once they have come.");
  await search.fill("asha");
  await dialog.getByRole("button", { name: `Add ${student.name}` }).click();
  await waitForText(dialog, "Is in", { exact: true });
  await dialog.getByRole("button", { name: "Close" }).click();
}

/** Starts it now and enters; returns its code. */
async function startFirstClass(page: Page): Promise<string> {
  await page.getByRole("button", { name: `Start class in ${room}` }).click();
  const dialog = page.getByRole("dialog", { name: "Start a class" });
  await dialog.getByRole("textbox", { name: "Title" }).fill(title);
  await dialog.getByText("Board and chat only").click();
  await dialog.getByRole("button", { name: "Start class" }).click();
  await passLobby(page);
  return readClassCode(page);
}

/** By the code and a name; nobody comes into a new school's classes unseen. */
async function waitAtDoor(page: Page, code: string): Promise<void> {
  await page.goto(`${baseUrl}/join`);
  await page.getByLabel("Class code").fill(code);
  await page.getByRole("button", { name: "Find the class" }).click();
  await page.getByLabel("Your name").fill(guest.name);
  await page.getByRole("button", { name: "Join the class" }).click();
  await waitForText(page, "The teacher knows that you are here");
}

async function admitGuest(page: Page): Promise<void> {
  await page.getByRole("button", { name: "1 guest waits to be let in. Show people" }).click();
  await page.getByRole("button", { name: `Admit ${guest.name}` }).click();
}

/** Each writes a line when the one before stands on their own screen; in the end all have them all. */
async function talk(pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.getByText("Chat").filter({ visible: true }).first().click();
  const lines = ["What is alive?", "Trees are.", "And the river?"];
  for (const [index, page] of pages.entries()) {
    await waitForChat(page, lines.slice(0, index));
    await say(page, lines[index] ?? "");
  }
  for (const page of pages) await waitForChat(page, lines);
}

/** The three, and how it is judged that they were there: teachers are not. */
async function checkRegister(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Open the register" }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  const verdictOf = (person: { readonly name: string }): Promise<string> =>
    page.getByRole("row").filter({ hasText: person.name }).getByRole("cell").nth(1).innerText();
  expect(await verdictOf(teacher)).toBe("–");
  // A class this short may be half over when somebody comes.
  expect(await verdictOf(student)).toMatch(/^(?:Present|Left early)$/);
  expect(await verdictOf(guest)).toMatch(/^(?:Present|Left early)$/);
}

/** Home says what the administrator has done, and what not. */
async function checkFirstSteps(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Darasa" }).click();
  await waitForText(page, "3 of 4 done");
  await page.getByRole("link", { name: "Set look and rules" }).waitFor();
  await page.getByRole("button", { name: "Hide" }).click();
  await waitForTextGone(page, "First steps");
}
