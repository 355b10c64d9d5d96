import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { findBarriers } from "./setup/accessibility.ts";
import type { Person } from "./setup/browser.ts";
import { enterClass, passLobby, say, signInAsTeacher, waitForChat } from "./setup/person.ts";
import { removeOwnJitsi, setGuestPolicy, setOwnJitsi, startClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();
// Other files' guests walk in freely.
beforeAll(() => setGuestPolicy(school, "waiting_room"));
afterAll(() => setGuestPolicy(school, "allowed"));

test("guests before the door: a PIN, one let in, one turned away, one by a link", async () => {
  const [teacher, halima, mallory, juma, otieno] = [
    await arrive(),
    await arrive({ width: "phone" }),
    await arrive(),
    await arrive(),
    await arrive({ width: "phone" }),
  ];
  for (const { page } of [halima, juma]) {
    await page.addInitScript(() =>
      Object.defineProperty(document, "hidden", { get: () => window.name === "nobody looks" }),
    );
  }
  const liveClass = await startClass(school, { title: "Fractions", video: "none" });

  // The teacher asks for a PIN and makes a link for a guest.
  await signInAsTeacher(teacher.page, school);
  await enterClass(teacher.page, liveClass);
  await teacher.page
    .getByRole("button", { name: `Invite to Fractions, code ${liveClass.code}` })
    .first()
    .click();
  const dialog = teacher.page.getByRole("dialog", { name: "Invite to Fractions" });
  await dialog.getByRole("switch", { name: "Ask guests for a PIN" }).click();
  const pin = /\d{4}/.exec(await dialog.getByText(/^PIN \d{4}$/).innerText())?.[0] ?? "";
  await dialog.getByText("A link for one guest").click();
  await dialog.getByLabel("For whom (optional)").fill("Mr Otieno");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByLabel(/^Link for Mr Otieno, good until/).inputValue();
  expect(await findBarriers(teacher.page)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();

  // One gets the PIN wrong, then right, and waits.
  await knock(halima, liveClass, { name: "Halima", pin: pin === "0000" ? "0001" : "0000" });
  await waitForText(halima.page, "That PIN is not right.");
  await halima.page.getByLabel("PIN of the class").fill(pin);
  // The teacher hears of it from wherever they are, and not for long.
  await Promise.all([
    waitForText(teacher.page, "Halima waits to be let in."),
    halima.page.getByRole("button", { name: "Join the class" }).click(),
  ]);
  await waitForText(halima.page, "The teacher knows that you are here");
  expect(await halima.page.title()).toBe("Waiting: Fractions · Darasa");
  expect(await halima.page.getByRole("toolbar").count()).toBe(0);
  expect(await findBarriers(halima.page)).toEqual([]);

  await teacher.page
    .getByRole("button", { name: "1 guest waits to be let in. Show people" })
    .click();
  await teacher.page.getByRole("heading", { name: "Waiting (1)" }).waitFor();
  expect(await teacher.page.title()).toBe("(1) Fractions · Darasa");
  expect(await findBarriers(teacher.page)).toEqual([]);

  // Another is turned away, and told so.
  await knock(mallory, liveClass, { name: "Mallory", pin });
  await waitForText(mallory.page, "The teacher knows that you are here");
  await teacher.page.getByRole("button", { name: "Refuse Mallory" }).click();
  await teacher.page.getByRole("button", { name: "Turn away" }).click();
  await mallory.page.getByRole("heading", { name: "You were not let in" }).waitFor();

  // Halima looks elsewhere meanwhile: the window's title calls her back.
  const admit = async ({ page }: Person, name: string): Promise<void> => {
    await page.evaluate(() => (window.name = "nobody looks"));
    await teacher.page.getByRole("button", { name: `Admit ${name}` }).click();
    await teacher.page.getByRole("heading", { name: /Waiting/ }).waitFor({ state: "detached" });
    await page.waitForFunction(() => document.title === "You may come in: Fractions · Darasa");
  };
  await admit(halima, "Halima");
  await passLobby(halima.page);

  // The link needs neither PIN nor patience, and has left the address.
  await otieno.page.goto(link);
  await waitForText(otieno.page, "Mr Otieno");
  expect(new URL(otieno.page.url()).hash).toBe("");
  expect(await findBarriers(otieno.page)).toEqual([]);
  await otieno.page.getByRole("button", { name: "Join the class" }).click();
  await passLobby(otieno.page);

  // Where the school has a video server of its own, the page is loaded anew at the door, and calls back all the same.
  await setOwnJitsi(school);
  onTestFinished(() => removeOwnJitsi(school));
  await knock(juma, liveClass, { name: "Juma", pin });
  await waitForText(juma.page, "The teacher knows that you are here");
  await admit(juma, "Juma");

  for (const { page } of [halima, otieno])
    await page.getByRole("button", { name: /^Chat/ }).first().click();
  await say(halima.page, "Thank you for letting me in");
  for (const { page } of [halima, otieno, teacher]) {
    await waitForChat(page, ["Thank you for letting me in"]);
  }
});

test("who does not want to wait any longer leaves the list; a new code ends the old one", async () => {
  const [teacher, hasty] = [await arrive(), await arrive()];
  const liveClass = await startClass(school, { title: "Decimals", video: "none" });
  await signInAsTeacher(teacher.page, school);
  await enterClass(teacher.page, liveClass);
  await Promise.all([
    waitForText(teacher.page, "Hasty waits to be let in."),
    knock(hasty, liveClass, { name: "Hasty" }),
  ]);
  await hasty.page.getByRole("button", { name: "Stop waiting" }).click();
  await hasty.page.getByRole("heading", { name: "Join a class" }).waitFor();
  await teacher.page
    .getByRole("button", { name: /waits to be let in/ })
    .waitFor({ state: "detached" });

  await teacher.page
    .getByRole("button", { name: /Invite to Decimals/ })
    .first()
    .click();
  await teacher.page.getByRole("button", { name: "New code…" }).click();
  await teacher.page.getByRole("button", { name: "Make a new code" }).click();
  await waitForText(teacher.page, /The new code is/);
  await hasty.page.goto(new URL(`/join/${liveClass.code}`, school.baseUrl).href);
  await waitForText(hasty.page, `There is no class with the code ${liveClass.code} now.`);
});

/** From a code and a name, and a PIN where there is one, to the door. */
async function knock(
  { page }: Person,
  { code }: { readonly code: string },
  guest: { readonly name: string; readonly pin?: string },
): Promise<void> {
  await page.goto(new URL(`/join/${code}`, school.baseUrl).href);
  await waitForText(page, "The teacher lets guests in one by one.");
  await page.getByLabel("Your name").fill(guest.name);
  if (guest.pin !== undefined) await page.getByLabel("PIN of the class").fill(guest.pin);
  await page.getByRole("button", { name: "Join the class" }).click();
}
