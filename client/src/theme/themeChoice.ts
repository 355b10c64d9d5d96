export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** `public/theme.mjs` reads the same key before the first paint. */
const storageKey = "darasa.theme";

/** True for one of the three choices. */
export function isThemeChoice(value: unknown): value is ThemeChoice {
  return themeChoices.some((choice) => choice === value);
}

/** What was chosen on this device; `system` when nothing was or storage is forbidden. */
export function loadThemeChoice(): ThemeChoice {
  try {
    const remembered = localStorage.getItem(storageKey);
    return isThemeChoice(remembered) ? remembered : "system";
  } catch {
    return "system";
  }
}

/** Remembers the choice on this device, if the browser allows it. */
export function storeThemeChoice(choice: ThemeChoice): void {
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // Forbidden storage only means that the choice lasts as long as the page.
  }
}
