import type { Page } from "playwright-core";
import { codeAt } from "./authenticator.ts";
import { waitForText } from "./texts.ts";

/** Waits until somebody with an account is at home. */
export async function waitForHome(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1, name: /Good/ }).waitFor();
}

/** Address and password on the sign-in page of that school; a second step or home follows. */
export async function enterPassword(
  page: Page,
  {
    school,
    email,
    password,
  }: { readonly school: string; readonly email: string; readonly password: string },
): Promise<void> {
  await page.getByRole("heading", { level: 1, name: `Sign in to ${school}` }).waitFor();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** From any page with a header to the person's own account. */
export async function openAccount(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await page.getByRole("heading", { level: 1, name: "Your account" }).waitFor();
}

/** Signs out through the menu; ends at the sign-in page. */
export async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { level: 1, name: /Sign in/ }).waitFor();
}

/** What an authenticator app keeps, and one of the codes on paper. */
export interface Factor {
  readonly secret: string;
  readonly recoveryCode: string;
}

/** Sets up a second factor on the page of one's account. */
export async function setUpFactor(page: Page, password: string): Promise<Factor> {
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Next" }).click();
  await dialog.getByRole("img", { name: /QR code/ }).waitFor();
  const secret = (await dialog.locator("code").innerText()).replaceAll(" ", "");
  await dialog.getByLabel("Code that the app shows now").fill(codeAt(secret, Date.now()));
  await dialog.getByRole("button", { name: "Switch it on" }).click();
  const recoveryCode = await dialog.getByRole("listitem").first().innerText();
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await waitForText(page, "Signing in asks for a code from your authenticator app.");
  return { secret, recoveryCode };
}
