import type { Browser, Page } from "playwright-core";
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  inject,
  onTestFinished,
  test,
} from "vitest";
import { findBarriers } from "./setup/accessibility.ts";
import { inviteByLink } from "./setup/admin.ts";
import { launchBrowser, openPerson, sizeOf, type Person, type Width } from "./setup/browser.ts";
import { enterClass, passLobby, signInAsTeacher, waitForBoard } from "./setup/person.ts";
import { endStartedClass, startClass, type StartedClass } from "./setup/schoolApi.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";

const school = inject("school");
let browser: Browser;
let liveClass: StartedClass;
let pastClass: Awaited<ReturnType<typeof startClass>>;
beforeAll(async () => {
  browser = await launchBrowser();
  liveClass = await startClass(school, { title: "Every page" });
  pastClass = await startClass(school, { title: "Past class", video: "none" });
  await endStartedClass(school, pastClass);
});
afterAll(() => browser.close());

const pages: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "sign in": async (page) => {
    await page.goto(`${school.baseUrl}/sign-in`);
    await page.getByLabel("E-mail").waitFor();
  },
  "second step": async (page) => {
    // Of an account that has a second factor, without making one for every look at the page.
    await page.route("**/api/auth/login", (route) =>
      route.fulfill({ status: 401, json: { code: "second_factor_required" } }),
    );
    await page.goto(`${school.baseUrl}/sign-in`);
    await page.getByLabel("E-mail").fill("teacher@demo.darasa");
    await page.getByLabel("Password", { exact: true }).fill("anything");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByLabel("Code", { exact: true }).waitFor();
  },
  "forgotten password": async (page) => {
    await page.goto(`${school.baseUrl}/forgot`);
    await page.getByRole("heading", { level: 1, name: "Forgot your password?" }).waitFor();
  },
  "new password": async (page) => {
    await page.goto(`${school.baseUrl}/reset#some.token`);
    await page.getByRole("textbox", { name: "New password" }).fill("mwalimu1");
    await waitForText(page, "Strength: Fair");
  },
  "link that is gone": async (page) => {
    await page.goto(`${school.baseUrl}/verify#some.token`);
    await page.getByRole("heading", { level: 1, name: "This link is no longer good" }).waitFor();
  },
  invitation: async (page) => {
    const link = await inviteByLink(school, "teacher");
    await page.goto(link);
    await page.getByRole("heading", { level: 1, name: "You are invited" }).waitFor();
  },
  "new school": async (page) => {
    await page.route("**/config.json", (route) =>
      route.fulfill({ json: { demo: false, mail: true, schoolSignUp: true } }),
    );
    await page.goto(`${school.baseUrl}/new-school`);
    await page.getByLabel("Name of the school").fill("Shule ya Msingi Mwenge");
  },
  account: async (page) => {
    await signInAsTeacher(page, school);
    await page.goto(`${school.baseUrl}/account`);
    await waitForText(page, "In use now");
  },
  "join by code": async (page) => {
    await page.goto(`${school.baseUrl}/join/${liveClass.code}`);
    await page.getByLabel("Your name").waitFor();
  },
  home: async (page) => {
    await signInAsTeacher(page, school);
    await waitForText(page, "Every page");
  },
  "pre-join": async (page) => {
    await signInAsTeacher(page, school);
    await page.goto(liveClass.url);
    await page.getByRole("button", { name: "Join", exact: true }).waitFor();
  },
  classroom: async (page) => {
    await signInAsTeacher(page, school);
    await enterClass(page, liveClass);
    await waitForBoard(page);
    await waitForTextGone(page, "Opening the board");
  },
  register: async (page) => {
    await signInAsTeacher(page, school);
    await page.goto(`${liveClass.url}/register`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("button", { name: "Download CSV" }).waitFor();
  },
  "register of a term": async (page) => {
    await signInAsTeacher(page, school);
    await page.goto(`${school.baseUrl}/room/${pastClass.roomId}/register`);
    await page.getByRole("row", { name: /Neema Kimaro/ }).waitFor();
  },
  "term of a student": async (page) => {
    await signInAsTeacher(page, school);
    await page.goto(`${school.baseUrl}/room/${pastClass.roomId}/register`);
    await page.getByRole("link", { name: "Neema Kimaro" }).click();
    await page.getByRole("rowheader", { name: "Past class" }).waitFor();
  },
  "not found": async (page) => {
    await page.goto(`${school.baseUrl}/nowhere`);
    await page.getByRole("heading", { level: 1 }).waitFor();
  },
};

const looks: readonly { width: Width; colorScheme: "light" | "dark" }[] = [
  { width: "wide", colorScheme: "light" },
  { width: "tablet", colorScheme: "dark" },
  { width: "phone", colorScheme: "light" },
];

describe.each(Object.entries(pages))("%s", (name, open) => {
  let person: Person;
  beforeAll(async () => {
    person = await openPerson(browser);
    await open(person.page);
  });
  afterAll(() => person.context.close());
  afterEach(() => expect(person.errors).toEqual([]));

  test.each(looks)("fits and can be used by all: $width, $colorScheme", async (look) => {
    const { page } = person;
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize(sizeOf(look.width));
    const path = `test-output/${name.replaceAll(" ", "-")}-${look.width}-${look.colorScheme}.png`;
    await page.screenshot({ path });
    await expect.poll(() => findBarriers(page)).toEqual([]);
  });
});

test("the whole way from home into the class goes by keyboard alone, in Swahili", async () => {
  const person = await openPerson(browser, { locale: "sw-KE" });
  onTestFinished(() => person.context.close());
  const { page } = person;
  await page.goto(school.teacherUrl);
  await page.getByRole("heading", { level: 1, name: /Amina/ }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("sw");
  await page.goto(liveClass.url);
  await passLobby(page, { join: "Jiunge", camera: "Kamera" });
  await page.keyboard.press("Alt+C");
  await page.keyboard.type("Habari za asubuhi");
  await page.keyboard.press("Enter");
  const message = page.getByRole("listitem").filter({ hasText: "Habari za asubuhi" });
  await message.locator('[data-state="sent"]').waitFor();
  await page.keyboard.press("Alt+R");
  await page.locator('[aria-pressed="true"][aria-keyshortcuts="Alt+R"]').waitFor();
  expect(person.errors).toEqual([]);
});
