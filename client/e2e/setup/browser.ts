import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const widths = { wide: 1440, tablet: 820, phone: 360 } as const;
export type Width = keyof typeof widths;
const heights: Record<Width, number> = { wide: 900, tablet: 1180, phone: 740 };
const keptConsoleLines = 40;
/** What is waited for comes when it comes, on a machine that is busy with other things. */
const patienceMs = 60_000;

/** The window of that width. */
export function sizeOf(width: Width): { readonly width: number; readonly height: number } {
  return { width: widths[width], height: heights[width] };
}

/** Chromium with a fake camera, of few pictures a second, and microphone that it may use without asking. */
export async function launchBrowser({ picturesPerSecond = 5 } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    chromiumSandbox: false,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--use-fake-device-for-media-stream=fps=${picturesPerSecond}`,
      "--use-fake-ui-for-media-stream",
    ],
  });
}

/** One person: a browser context of their own, so that nobody shares cookies or storage. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors that their page threw or logged; a journey ends by looking at them. */
  readonly errors: string[];
  /** The last that their page logged, from the oldest. */
  readonly consoleLines: readonly string[];
}

/** Opens an empty page for somebody, who lets it use camera and microphone. */
export async function openPerson(
  browser: Browser,
  options: {
    width?: Width;
    colorScheme?: "light" | "dark";
    locale?: string;
    ignoreHTTPSErrors?: boolean;
  } = {},
): Promise<Person> {
  const width = options.width ?? "wide";
  const context = await browser.newContext({
    viewport: sizeOf(width),
    colorScheme: options.colorScheme ?? "light",
    locale: options.locale ?? "en-GB",
    hasTouch: width !== "wide",
    permissions: ["camera", "microphone"],
    ignoreHTTPSErrors: options.ignoreHTTPSErrors ?? false,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const consoleLines: string[] = [];
  page.on("console", (message) => {
    consoleLines.push(`${message.type()}: ${message.text()}`);
    if (consoleLines.length > keptConsoleLines) consoleLines.shift();
  });
  return { context, page, errors, consoleLines };
}
