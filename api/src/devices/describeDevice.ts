/** What stands in `User-Agent`, most telling first: many browsers call themselves by others' names too. */
const browsers: readonly [sign: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera|OPT)\b/, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  // Chromium's own builds say both; without a window they say neither "Chrome" nor "Chromium".
  [/\b(?:Chromium|HeadlessChrome)\//, "Chromium"],
  [/\b(?:Chrome|CriOS)\//, "Chrome"],
  // Whatever is made of WebKit says "Safari"; only Safari itself says which version of it, and runs on these.
  [/\((?:Macintosh|iPhone|iPod|iPad)\b.*\bVersion\/.*\bSafari\//, "Safari"],
];

const systems: readonly [sign: RegExp, name: string][] = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPod)\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
];

const unknownBrowser = "A browser";

/**
 * A device in a few words that its owner knows it by, "Firefox on Android", or "A browser on Linux" for one that
 * is not known here; empty when it tells nothing.
 */
export function describeDevice(userAgent: string | undefined): string {
  const browser = nameIn(browsers, userAgent ?? "");
  const system = nameIn(systems, userAgent ?? "");
  if (system !== undefined) return `${browser ?? unknownBrowser} on ${system}`;
  if (browser !== undefined) return browser;
  return /^Mozilla\//.test(userAgent ?? "") ? unknownBrowser : "";
}

function nameIn(signs: readonly [RegExp, string][], userAgent: string): string | undefined {
  return signs.find(([sign]) => sign.test(userAgent))?.[1];
}
