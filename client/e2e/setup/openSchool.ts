import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";

/** A school as its founder writes it down. */
export interface NewSchool {
  readonly name: string;
  readonly admin: { readonly name: string; readonly email: string; readonly password: string };
}

/** Opens a school through its page, under a short name that no other journey has; ends at home. */
export async function openSchool(
  page: Page,
  baseUrl: string,
  { name, admin }: NewSchool,
): Promise<{ readonly slug: string }> {
  await page.goto(`${baseUrl}/new-school`);
  await page.getByRole("textbox", { name: "Name of the school" }).fill(name);
  const shortName = page.getByRole("textbox", { name: "Short name" });
  const slug = `${await shortName.inputValue()}-${randomUUID().slice(0, 8)}`;
  await shortName.fill(slug);
  await page.getByRole("textbox", { name: "Your name" }).fill(admin.name);
  await page.getByRole("textbox", { name: "E-mail" }).fill(admin.email);
  await page.getByRole("textbox", { name: "Password" }).fill(admin.password);
  await page.getByRole("button", { name: "Open the school" }).click();
  await page.waitForURL(`${baseUrl}/`);
  return { slug };
}
