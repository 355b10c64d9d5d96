import { emphases, type Emphasis } from "./visibleRegions.ts";

const storageKey = "darasa.layout";

/** What this device showed large last time; the board where it never chose. Never throws. */
export function loadEmphasis(storage: () => Pick<Storage, "getItem">): Emphasis {
  try {
    const stored = storage().getItem(storageKey);
    return emphases.find((emphasis) => emphasis === stored) ?? "board";
  } catch {
    return "board";
  }
}

/** Remembers it on this device. Never throws: a browser without storage forgets. */
export function storeEmphasis(storage: () => Pick<Storage, "setItem">, emphasis: Emphasis): void {
  try {
    storage().setItem(storageKey, emphasis);
  } catch {
    // Storage that is full or forbidden costs a comfort, not the class.
  }
}
