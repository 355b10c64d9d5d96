import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Person } from "./browser.ts";

const folder = fileURLToPath(new URL("../../../test-output", import.meta.url));
/** Of a page's words. */
const longestSight = 3_000;

/** Tells what everybody saw when a journey failed: their page's words, its last console lines, and a picture of it. */
export async function tellLastSight(journey: string, people: readonly Person[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, { page, consoleLines }] of people.entries()) {
    const name = `${journey.replace(/\W+/g, "-").slice(0, 60)}-${index + 1}`;
    // A page that crashed or was closed shows nothing: that the journey failed is told all the same.
    const words = await page.locator("body").innerText({ timeout: 5_000 }).catch(String);
    const path = join(folder, `failed-${name}.png`);
    await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
    console.error(
      [
        `what person ${index + 1} saw at ${page.url()}:`,
        words.slice(0, longestSight),
        "and the last lines of their console:",
        ...consoleLines,
      ].join("\n"),
    );
  }
}
