import type { Locator, Page } from "playwright-core";
import type { SchoolLinks, StartedClass } from "./schoolApi.ts";

/** The demo teacher's one click; ends at home. */
export async function signInAsTeacher(page: Page, school: SchoolLinks): Promise<void> {
  await page.goto(school.teacherUrl);
  await page.getByRole("heading", { level: 1, name: /Amina/ }).waitFor();
}

/** Types address and password, as at school; ends at home. */
export async function signIn(page: Page, school: SchoolLinks, email: string): Promise<void> {
  await page.goto(`${school.baseUrl}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(school.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: /Good/ }).waitFor();
}

/** From the class's link through the pre-join screen into the classroom. */
export async function enterClass(page: Page, liveClass: StartedClass): Promise<void> {
  await page.goto(liveClass.url);
  await passLobby(page);
}

/** From a code and a name through the pre-join screen into the classroom. */
export async function enterByCode(
  page: Page,
  liveClass: StartedClass,
  name: string,
): Promise<void> {
  await reachLobbyByCode(page, liveClass, name);
  await passLobby(page);
}

/** From a code and a name to the pre-join screen, which may not be there yet. */
export async function reachLobbyByCode(
  page: Page,
  liveClass: StartedClass,
  name: string,
): Promise<void> {
  await page.goto(new URL(`/join/${liveClass.code}`, liveClass.url).href);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join the class" }).click();
}

/** The words of the way in, where they are not English. */
export interface LobbyWords {
  readonly join: string;
  readonly camera: string;
}

/** Presses *Join* on the pre-join screen, with camera, and waits for the classroom. */
export async function passLobby(
  page: Page,
  { join, camera }: LobbyWords = { join: "Join", camera: "Camera" },
): Promise<void> {
  const switches = page.getByRole("button", { name: camera, exact: true });
  const enter = page.getByRole("button", { name: join, exact: true });
  await enter.waitFor();
  // A class without video has no camera to switch on.
  if ((await switches.count()) > 0 && (await switches.getAttribute("aria-pressed")) !== "true") {
    await switches.click();
  }
  await enter.click();
  await page.getByRole("toolbar").first().waitFor();
}

/** Enters without camera and microphone: where no pictures are wanted, none need be made. */
export async function passLobbyUnseen(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Join without camera and microphone" }).click();
  await page.getByRole("toolbar").first().waitFor();
}

/** Writes into the chat, on a screen that shows it. */
export async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Your message" });
  await field.fill(text);
  await field.press("Enter");
}

/** The chat's lines as this person sees them, from the oldest. */
export async function chatLines(page: Page): Promise<string[]> {
  return page.locator("[data-message-body]").allInnerTexts();
}

/** Waits until the chat shows these lines, in this order and no others. */
export async function waitForChat(page: Page, lines: readonly string[]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const seen = [...document.querySelectorAll<HTMLElement>("[data-message-body]")];
    return JSON.stringify(seen.map((line) => line.innerText)) === JSON.stringify(wanted);
  }, lines);
}

/** The board's place; `data-shape-count` and `data-board-state` tell how it stands. */
export function boardOf(page: Page): Locator {
  return page.locator("[data-board-state]");
}

/** Waits until the board is there and can be looked at. */
export async function waitForBoard(page: Page): Promise<void> {
  await page.locator(".tl-canvas").waitFor();
}

/**
 * Waits until the board is there with all its pictures: those still on their way when a network is cut would be
 * missed loudly.
 */
export async function waitForWholePage(page: Page): Promise<void> {
  await waitForBoard(page);
  await page.evaluate(
    (quietMs) =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, quietMs);
        new PerformanceObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, quietMs);
        }).observe({ type: "resource", buffered: true });
      }),
    700,
  );
}

/** Waits until the board shows so many shapes. */
export async function waitForShapes(page: Page, count: number): Promise<void> {
  await page.locator(`[data-shape-count="${String(count)}"]`).waitFor();
}

/** Draws one stroke with the pen, at `row` from the top of the board. */
export async function drawStroke(page: Page, row: number): Promise<void> {
  const y = 80 + row * 60;
  const wave = (step: number): Point => [120 + step * 10, y + Math.sin(step / 2) * 20];
  await drawLine(
    page,
    Array.from({ length: 21 }, (_, step) => wave(step)),
  );
}

/** Pixels from the board's left and top. */
export type Point = readonly [x: number, y: number];

/** Draws with the pen from point to point. */
export async function drawLine(page: Page, points: readonly Point[]): Promise<void> {
  const box = await page.locator(".tl-canvas").boundingBox();
  if (!box) throw new Error("the board is not on the screen");
  await page.getByTestId("tools.draw").click();
  const [[startX, startY] = [0, 0], ...rest] = points;
  await page.mouse.move(box.x + startX, box.y + startY);
  await page.mouse.down();
  for (const [x, y] of rest) await page.mouse.move(box.x + x, box.y + y);
  await page.mouse.up();
}

/** Chooses an entry of the teacher's menu on somebody in the list of people. */
export async function actOn(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** The six characters by which a class is joined, from the header that its teacher sees. */
export async function readClassCode(page: Page): Promise<string> {
  const invite = page.getByRole("button", { name: /code [0-9A-Z]{6}$/ }).first();
  return (await invite.getAttribute("aria-label"))?.slice(-6) ?? "";
}

/** The class's end for all, as its teacher presses it. */
export async function endClass(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await page.getByRole("menuitem", { name: /End class for everybody/ }).click();
  await page.getByRole("button", { name: "End for everybody" }).click();
}
