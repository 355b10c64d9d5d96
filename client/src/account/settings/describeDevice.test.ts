import { expect, test } from "vitest";
import { words } from "../../i18n/sw/account.ts";
import { translate } from "../../i18n/translate.ts";
import { describeDevice } from "./describeDevice.ts";

const t = (key: string, values?: Record<string, string | number>) =>
  translate(words, new Intl.PluralRules("sw"), { key, values });

test.each([
  ["Firefox on Android", "Firefox kwenye Android"],
  ["A browser on Linux", "Kivinjari kwenye Linux"],
  ["A browser", "Kivinjari"],
  ["Edge", "Edge"],
  ["", "Kifaa kisichojulikana"],
])("%s is told in the page's language", (device, told) => {
  expect(describeDevice({ device }, t)).toBe(told);
});
