import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser, openPerson } from "./setup/browser.ts";
import { openSchool } from "./setup/openSchool.ts";

const school = inject("school");
let browser: Browser;
beforeAll(async () => (browser = await launchBrowser()));
afterAll(() => browser.close());

/** The smallest there is: one grey pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

test("a new school gets its look and rules from its admin, and everybody sees them", async () => {
  const { page, errors, context } = await openPerson(browser);
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
  await page.getByText("White words cannot be read well on this colour").waitFor();
  await page.getByRole("button", { name: "Take a darker shade" }).click();
  await page.getByRole("radio", { name: "Are not let in" }).check();
  await page.getByRole("textbox", { name: "Messages" }).fill("30");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Save and remove" }).click();
  await page.getByText("Saved at").waitFor();

  await page.reload();
  expect(await page.getByRole("radio", { name: "Are not let in" }).isChecked()).toBe(true);
  expect(await page.getByRole("textbox", { name: "Messages" }).inputValue()).toBe("30");
  const seen = await fetch(`${school.baseUrl}/api/schools/${slug}`);
  const { colour, logo } = (await seen.json()) as { colour: string; logo: string | null };
  expect(colour).toMatch(/^#(?!ffd54a)[0-9a-f]{6}$/);
  expect(logo).not.toBeNull();

  await page.getByRole("link", { name: "Mail" }).click();
  await page.getByRole("heading", { name: "No mail yet" }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
