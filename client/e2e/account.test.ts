import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { enterPassword, openAccount, setUpFactor, signOut, waitForHome } from "./setup/account.ts";
import { nextCodeAt } from "./setup/authenticator.ts";
import { openCuttableNetwork } from "./setup/cuttableNetwork.ts";
import { readMailedToken } from "./setup/outbox.ts";
import { enterClass, say, signIn, waitForBoard } from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();
const email = "daudi@demo.darasa";
const password = "tembo chungwa daraja 7";

async function enterOwnPassword(page: Page): Promise<void> {
  await page.goto(`${school.baseUrl}/sign-in`);
  await enterPassword(page, { school: "Demo School", email, password });
}

async function setPasswordByMail(page: Page): Promise<void> {
  await page.goto(`${school.baseUrl}/sign-in`);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  // The page before has a field of that name, too.
  await page.getByRole("button", { name: "Send the link" }).waitFor();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
  const token = await readMailedToken(school, { to: email, path: "/reset" });
  await page.goto(`${school.baseUrl}/reset#${token}`);
  const field = page.getByRole("textbox", { name: "New password" });
  await field.fill("password1");
  expect(page.url()).toBe(`${school.baseUrl}/reset`);
  await page.getByRole("button", { name: "Set the password" }).click();
  await waitForText(page, "Too many people use this password");
  await field.fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("heading", { name: "Your password is changed" }).waitFor();
}

test("a forgotten password, a second factor, and another device that is signed out from here", async () => {
  const { page } = await arrive();
  await setPasswordByMail(page);
  await enterOwnPassword(page);
  await waitForHome(page);
  await openAccount(page, "Daudi Komba");
  const factor = await setUpFactor(page, password);

  await page.getByRole("link", { name: "Darasa" }).click();
  await waitForHome(page);
  await signOut(page, "Daudi Komba");
  await enterOwnPassword(page);
  const code = page.getByLabel("Code", { exact: true });
  await code.fill("000 000");
  await page.getByRole("button", { name: "Continue" }).click();
  await waitForText(page, "That code is not right.");
  await code.fill(nextCodeAt(factor.secret, Date.now()));
  await page.getByRole("button", { name: "Continue" }).click();
  await waitForHome(page);

  const { page: other } = await arrive({ width: "phone" });
  await other.clock.install();
  await enterOwnPassword(other);
  await other.getByRole("button", { name: "Use a recovery code" }).click();
  await other.getByLabel("Recovery code").fill(factor.recoveryCode);
  await other.getByRole("button", { name: "Continue" }).click();
  await waitForHome(other);

  await openAccount(page, "Daudi Komba");
  await waitForText(page, "In use now");
  await page.getByRole("button", { name: /^Sign out .* on / }).click();
  await waitForText(page, "This is the only one.");
  // Home asks every 20 s what there is.
  await other.clock.fastForward(20_000);
  await waitForText(other, "You were signed out.");
  expect(new URL(other.url()).pathname).toBe("/sign-in");
  await page.getByRole("button", { name: "Daudi Komba" }).waitFor();
});

test("a sign-out warns of messages that were never sent, and leaves nothing of the person on the device", async () => {
  const network = await openCuttableNetwork(school.baseUrl);
  const liveClass = await startClass(school, { title: "Shared computer", video: "none" });
  const url = liveClass.url.replace(school.baseUrl, network.baseUrl);
  const { page } = await arrive();
  await signIn(page, { ...school, baseUrl: network.baseUrl }, "zawadi@demo.darasa");
  await enterClass(page, { ...liveClass, url });
  await waitForBoard(page);
  await page.waitForLoadState("networkidle");
  network.cut();
  await waitForText(page, /The connection was lost|You are offline/);
  await say(page, "never sent");
  await waitForText(page, "1 message waits and will be sent.");
  await page.goto("about:blank");
  network.mend();

  await page.goto(network.baseUrl);
  await waitForHome(page);
  await page.getByRole("button", { name: "Zawadi Shayo" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await waitForText(page, "1 message has not reached the server.");
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await waitForHome(page);
  expect(await keptRows(page)).toBeGreaterThan(1);
  await page.getByRole("button", { name: "Zawadi Shayo" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out anyway" }).click();
  await page.getByRole("heading", { level: 1, name: /Sign in/ }).waitFor();
  await expect.poll(() => keptRows(page)).toBe(0);
  await network.close();
});

/** How many rows this browser keeps in all of its databases: messages, and updates of boards. */
async function keptRows(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const answer = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("no storage"));
      });
    let rows = 0;
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined || !/^darasa[-.](?:outbox|board)/.test(name)) continue;
      const database = await answer(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        rows += await answer(database.transaction(store).objectStore(store).count());
      }
      database.close();
    }
    return rows;
  });
}
