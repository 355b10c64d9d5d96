/** Languages that Darasa speaks; English is the one that always loads. */
export const languages = ["en", "sw"] as const;
export type Language = (typeof languages)[number];

/** What each language calls itself: so it stands in the switch, whatever is spoken now. */
export const languageNames: Record<Language, string> = { en: "English", sw: "Kiswahili" };

const storageKey = "darasa.language";

/** True for a language that has a catalogue here. */
export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** The remembered language, else the first of the browser's that we speak, else English. */
export function pickLanguage(remembered: string | null, preferred: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered;
  return preferred.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

/** What was chosen on this device, or null; never throws where storage is forbidden. */
export function loadLanguage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** Remembers the choice on this device, if the browser allows it. */
export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Forbidden storage only means that the choice lasts as long as the page.
  }
}
