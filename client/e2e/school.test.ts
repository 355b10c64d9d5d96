import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { findBarriers } from "./setup/accessibility.ts";
import { openSchool } from "./setup/openSchool.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();

/** One is added, named anew and one more removed; the days of what stays are shown. */
async function setTerms(page: Page): Promise<void> {
  const terms = page.getByRole("listitem").filter({ hasText: /Term|Muhula/ });
  const dialog = page.getByRole("dialog");
  const add = async (name: string, startsOn: string, endsOn: string) => {
    await page.getByRole("button", { name: "Add a term" }).click();
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("First day").fill(startsOn);
    await dialog.getByLabel("Last day").fill(endsOn);
    await dialog.getByRole("button", { name: "Save" }).click();
  };
  await add("Term 1", "2026-01-12", "2026-01-02");
  await waitForText(dialog, "Must not be before the first day.");
  await dialog.getByLabel("Last day").fill("2026-04-03");
  await dialog.getByRole("button", { name: "Save" }).click();
  await add("Term 2", "2026-05-04", "2026-08-14");
  await page.getByRole("button", { name: "Change Term 1" }).click();
  await dialog.getByLabel("Name").fill("Muhula wa 1");
  await dialog.getByRole("button", { name: "Save" }).click();
  await terms.filter({ hasText: "Muhula wa 1" }).waitFor();
  await page.getByRole("button", { name: "Remove Term 2" }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => terms.count()).toBe(1);
  await terms.filter({ hasText: "2026" }).waitFor();
}

/** A LiveKit of the school's own is named, looked for, changed without its secret, made the usual one, and removed. */
async function setMediaServer(page: Page): Promise<void> {
  const line = page.getByRole("listitem").filter({ hasText: "LiveKit" });
  const dialog = page.getByRole("dialog");
  const save = () => dialog.getByRole("button", { name: "Save" }).click();
  await line.getByRole("button", { name: "Use our own" }).click();
  await dialog.getByLabel("Address").fill("livekit");
  await dialog.getByLabel("Secret").fill("too short");
  await save();
  await waitForText(dialog, "Must be an address that begins with");
  await waitForText(dialog, "Must have at least 32 characters.");
  expect(await findBarriers(page)).toEqual([]);
  await dialog.getByLabel("Address").fill("ws://127.0.0.1:9");
  await dialog.getByLabel("Key").fill("green-hill");
  await dialog.getByLabel("Secret").fill("a secret of thirty-two bytes, or more");
  await save();
  await waitForText(line, "ws://127.0.0.1:9");
  await waitForText(line, "Its secret is set.");

  await line.getByRole("button", { name: "Check" }).click();
  await waitForText(line, "It does not answer.");
  await line.getByRole("button", { name: /^Change/ }).click();
  expect(await dialog.getByLabel("Secret").inputValue()).toBe("");
  await dialog.getByLabel("Address").fill("ws://127.0.0.1:10");
  await save();
  await waitForText(line, "ws://127.0.0.1:10");
  await waitForTextGone(line, "It does not answer.");

  const usual = page.getByLabel("New classes use");
  await usual.selectOption({ label: "The school’s LiveKit" });
  await page.reload();
  await expect.poll(() => usual.inputValue()).toBe("livekit");
  await usual.selectOption("mesh");
  await line.getByRole("button", { name: /^Remove/ }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await waitForText(line, "Not set up");
}

/** The smallest there is: one grey pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

test("a new school gets its look and rules from its admin, and everybody sees them", async () => {
  const { page } = await arrive();
  const { slug } = await openSchool(page, school.baseUrl, {
    name: "Green Hill",
    admin: {
      name: "Grace Kimaro",
      email: "grace@green-hill.example",
      password: "seven green lanterns",
    },
  });

  await page.goto(`${school.baseUrl}/admin/school`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a picture" }).click();
  await (await chooser).setFiles({ name: "logo.png", mimeType: "image/png", buffer: pixel });
  await page.getByRole("button", { name: "Use this logo" }).click();
  await page.getByRole("banner").getByRole("img", { name: "Green Hill" }).waitFor();

  await page.getByRole("textbox", { name: "Colour" }).fill("#ffd54a");
  await waitForText(page, "White words cannot be read well on this colour");
  await page.getByRole("button", { name: "Take a darker shade" }).click();
  await page.getByRole("radio", { name: "Are not let in" }).check();
  await page.getByRole("textbox", { name: "Messages" }).fill("30");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Save and remove" }).click();
  await page.getByRole("status").filter({ hasText: "Saved at" }).waitFor();

  await page.reload();
  expect(await page.getByRole("radio", { name: "Are not let in" }).isChecked()).toBe(true);
  expect(await page.getByRole("textbox", { name: "Messages" }).inputValue()).toBe("30");
  const seen = await fetch(`${school.baseUrl}/api/schools/${slug}`);
  const { colour, logo } = (await seen.json()) as { colour: string; logo: string | null };
  expect(colour).toMatch(/^#(?!ffd54a)[0-9a-f]{6}$/);
  expect(logo).not.toBeNull();

  await setTerms(page);
  await setMediaServer(page);

  await page.getByRole("link", { name: "Mail" }).click();
  await page.getByRole("heading", { name: "No mail yet" }).waitFor();
});
