import { describe, expect, it } from "vitest";
import { catalogue } from "../i18n/en/catalogue.ts";
import { translate } from "../i18n/translate.ts";
import type { MediaProblem } from "./describeMediaError.ts";
import { browserFamily, deviceProblems, problemWords, screenProblem } from "./problemWords.ts";
import type { LocalTrack } from "./provider.ts";

const track = (problem: MediaProblem | null): LocalTrack => ({
  state: "off",
  stream: null,
  problem,
});

describe("browserFamily", () => {
  it.each([
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
      "chromium",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0",
      "chromium",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "firefox"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
      "safari",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1",
      "safari",
    ],
    ["curl/8", "other"],
  ])("knows %s", (userAgent, family) => {
    expect(browserFamily(userAgent)).toBe(family);
  });
});

describe("deviceProblems", () => {
  it("says once what is the same for camera and microphone", () => {
    const found = deviceProblems(
      { microphone: track("denied"), camera: track("denied") },
      "firefox",
    );
    expect(found).toEqual([problemWords("both", "denied", "firefox")]);
  });

  it("says two different problems of two devices", () => {
    const found = deviceProblems(
      { microphone: track("in_use"), camera: track("not_found") },
      "chromium",
    );
    expect(found.map((words) => words.device)).toEqual([
      "media.device.camera",
      "media.device.microphone",
    ]);
  });

  it("has words for every problem of every device in every browser", () => {
    const problems: MediaProblem[] = [
      "denied",
      "denied_by_system",
      "dismissed",
      "not_found",
      "in_use",
      "unsuitable",
      "insecure",
      "unsupported",
      "ended",
      "unknown",
    ];
    const plural = new Intl.PluralRules("en");
    for (const problem of problems)
      for (const family of ["chromium", "firefox", "safari", "other"] as const)
        for (const key of Object.values<string>({ ...problemWords("both", problem, family) }))
          expect(translate(catalogue, plural, { key })).not.toBe(key);
  });
});

describe("screenProblem", () => {
  it("does not scold who closes the browser's dialog", () => {
    expect(screenProblem(track("denied"), "chromium")).toBeNull();
    expect(screenProblem(track("denied_by_system"), "chromium")).not.toBeNull();
  });
});
