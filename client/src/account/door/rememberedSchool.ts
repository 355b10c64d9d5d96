const storageKey = "darasa.school";

/** The school that somebody last signed in to on this device; empty when none is known. */
export function loadSchool(): string {
  try {
    return localStorage.getItem(storageKey) ?? "";
  } catch {
    return "";
  }
}

/** Remembers the school on this device, if the browser allows it. */
export function storeSchool(slug: string): void {
  try {
    localStorage.setItem(storageKey, slug);
  } catch {
    // Then it is typed again next time.
  }
}
