import type { Browser } from "playwright-core";
import { launchBrowser } from "../../client/e2e/setup/browser.ts";

/** The journeys' Chromium, whose camera has as many pictures a second as a figure is of. */
export function launchChromium(): Promise<Browser> {
  return launchBrowser({ picturesPerSecond: 20 });
}
