import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { fakeExternalApi } from "./jitsi/fakeExternalApi.ts";
import { describeRealJitsi } from "./jitsi/realJitsi.ts";
import { launchBrowser } from "./setup/browser.ts";
import { namedJitsi } from "./setup/namedJitsi.ts";
import { enterByCode, enterClass, signInAsTeacher } from "./setup/person.ts";
import { removeOwnJitsi, setOwnJitsi, startClass, type StartedClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";

const school = inject("school");

let browser: Browser;
beforeAll(async () => {
  await setOwnJitsi(school);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await removeOwnJitsi(school);
});

/** How somebody comes into a class. */
type WayIn = (page: Page, liveClass: StartedClass) => Promise<void>;

const asTeacher: WayIn = async (page, liveClass) => {
  await signInAsTeacher(page, school);
  await enterClass(page, liveClass);
};

/**
 * Somebody in a class that is held on a Jitsi, whose side a script plays.
 * The first renewal of a token is lost on its way.
 */
async function enterThroughJitsi(
  width: number,
  comeIn = asTeacher,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ page: Page; close: () => Promise<void> }> {
  // The script of the page that is intercepted comes from no place that the policy knows.
  const context = await browser.newContext({
    bypassCSP: true,
    viewport: { width, height: 900 },
    permissions: ["camera", "microphone"],
  });
  const page = await context.newPage();
  await page.route("https://meet.example.org/external_api.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: fakeExternalApi }),
  );
  const video = { provider: "jitsi", domain: "meet.example.org", room: "f".repeat(64) };
  const token = { token: "a token", expiresInSeconds: 600 };
  await page.route("**/api/live-classes/*/join", async (route) => {
    const response = await route.fetch();
    const joined = (await response.json()) as object;
    await route.fulfill({ response, json: { ...joined, video: { ...video, ...token } } });
  });
  const isLost = { next: true };
  await page.route("**/api/live-classes/*/video-token", async (route) => {
    if (isLost.next) await route.abort("connectionfailed");
    else await route.fulfill({ json: { ...video, ...token, token: "the next token" } });
    isLost.next = false;
  });
  await prepare(page);
  const liveClass = await startClass(school, { title: "Through Jitsi", video: "jitsi" });
  await comeIn(page, liveClass);
  await page.locator("iframe[title=Jitsi]").waitFor({ state: "attached" });
  return { page, close: () => context.close() };
}

const switchOf = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const pressed = (page: Page, name: string) => switchOf(page, name).getAttribute("aria-pressed");

/** Evaluated in the page: what the script that plays Jitsi was asked for. */
const frames = (page: Page) =>
  page.evaluate<
    { roomName: string; jwt: string; lang: string; configOverwrite: Record<string, unknown> }[]
  >("window.jitsi.frames.map(({ api, ...options }) => options)");
const commands = (page: Page) => page.evaluate<string[]>("window.jitsi.commands");

test("a class through Jitsi: our switches are its switches, our rules its toolbar, and it comes back", async () => {
  const { page, close } = await enterThroughJitsi(1440);
  const [frame] = await frames(page);
  expect(frame).toMatchObject({ roomName: "f".repeat(64), jwt: "a token", lang: "en" });
  expect(frame?.configOverwrite).toMatchObject({
    disableInviteFunctions: true,
    prejoinConfig: { enabled: false },
    recordingService: { enabled: false },
    startWithVideoMuted: false,
    startVideoMuted: 10_000,
  });
  const buttons = frame?.configOverwrite["toolbarButtons"] as string[];
  for (const button of ["chat", "invite", "recording", "hangup", "raisehand", "microphone"]) {
    expect(buttons).not.toContain(button);
  }
  const before = await pressed(page, "Camera");
  await switchOf(page, "Camera").click();
  await expect.poll(() => pressed(page, "Camera")).toBe(before === "true" ? "false" : "true");
  expect(await commands(page)).toContain("toggleVideo");
  await page.evaluate("window.jitsi.frames[0].api.tell('videoConferenceLeft', {})");
  await expect.poll(async () => (await frames(page)).at(1)?.jwt).toBe("the next token");
  // So it says it when its token has ended while the line was away.
  await page.evaluate(`window.jitsi.frames[1].api.tell("errorOccurred", {
    error: { name: "connection.passwordRequired", type: "CONNECTION", isFatal: false },
  })`);
  await expect.poll(() => frames(page)).toHaveLength(3);
  await expect.poll(() => pressed(page, "Camera")).toBe(before === "true" ? "false" : "true");
  await close();
});

test("what somebody may not send goes off, also where it was switched on in Jitsi's own page", async () => {
  const { page, close } = await enterThroughJitsi(1440, (each, liveClass) =>
    enterByCode(each, liveClass, "Neema Kimaro"),
  );
  await expect.poll(() => pressed(page, "Camera")).toBe("true");
  // The second time, the class has surely said before what one may send.
  for (const times of [1, 2]) {
    await page.evaluate("window.jitsi.frames[0].api.share()");
    await waitForText(page, "You may not share your screen");
    await expect
      .poll(async () => (await commands(page)).filter((command) => command === "toggleShareScreen"))
      .toHaveLength(times);
  }
  expect(await pressed(page, "Camera")).toBe("true");
  await close();
});

test("what is pressed on the way in holds, and what the page says of itself there is no word of ours", async () => {
  const told: string[] = [];
  const { page, close } = await enterThroughJitsi(
    1440,
    (each, liveClass) => enterByCode(each, liveClass, "Neema Kimaro"),
    async (each) => {
      await each.addInitScript("window.jitsi = { frames: [], commands: [], isHeld: true }");
      each.on("websocket", (socket) =>
        socket.on("framesent", ({ payload }) => told.push(payload.toString())),
      );
    },
  );
  await expect.poll(() => frames(page)).toHaveLength(1);
  await expect.poll(() => switchOf(page, "Camera").getAttribute("aria-busy")).toBe("true");
  await switchOf(page, "Camera").click();
  await expect.poll(() => switchOf(page, "Camera").getAttribute("aria-busy")).toBe("false");
  await page.evaluate("window.jitsi.frames[0].api.join()");
  await expect.poll(() => commands(page)).toContain("toggleVideo");
  await expect.poll(() => pressed(page, "Camera")).toBe("false");
  await switchOf(page, "Microphone").click();
  await expect.poll(() => pressed(page, "Microphone")).toBe("true");
  const media = () => told.filter((message) => message.includes('"setMedia"'));
  await expect.poll(() => media().at(-1)).toContain('"microphone":true');
  expect(media().filter((message) => message.includes('"microphone":true'))).toHaveLength(1);
  await close();
});

test.each([1440, 820, 360])("it has its place beside the board at %i px", async (width) => {
  const { page, close } = await enterThroughJitsi(width);
  await page.screenshot({ path: `test-output/jitsi-${width}.png` });
  const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
  expect(await page.evaluate(overflow)).toBe(0);
  await close();
});

// JITSI_MEET_DOMAIN names one; jitsi/README.md tells how.
const named = namedJitsi(process.env);
if (named) describeRealJitsi(named);
