import type { TextKey } from "../../i18n/catalogue.ts";
import type { Values } from "../../i18n/translate.ts";

type Translate = (key: TextKey, values?: Values) => string;

/** What the server calls a browser that it does not know. */
const unknownBrowser = "A browser";

/** The server's words for a device, "Firefox on Android", in the page's language; names of products stay. */
export function describeDevice({ device }: { readonly device: string }, t: Translate): string {
  if (device === "") return t("settings.deviceUnknown");
  const [browser = "", system] = device.split(" on ");
  const told = browser === unknownBrowser ? t("settings.deviceBrowser") : browser;
  return system === undefined ? told : t("settings.deviceOn", { browser: told, system });
}
