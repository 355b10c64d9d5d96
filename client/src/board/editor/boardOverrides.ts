import type { TLUiOverrides } from "tldraw";
import type { Language } from "../../i18n/language.ts";
import swahili from "./swahili.json";

/** Actions that leave the board, need a file, or make what boards do not take. */
const removedActions = [
  "insert-embed",
  "insert-media",
  "open-embed-link",
  "convert-to-bookmark",
  "convert-to-embed",
  "edit-link",
  "flatten-to-image",
  "image-replace",
  "video-replace",
  "download-original",
  "move-to-new-page",
  "change-page-prev",
  "change-page-next",
  "open-cursor-chat",
  "toggle-dark-mode",
  "toggle-focus-mode",
  "toggle-debug-mode",
  "print",
] as const;

const removedTools = ["asset", "embed", "laser"] as const;

/** The editor's words in the page's language, and what of its actions and tools a classroom has. */
export function boardOverrides(language: Language): TLUiOverrides {
  return {
    actions: (_editor, actions) => without(actions, removedActions),
    tools: (_editor, tools) => without(tools, removedTools),
    // The editor knows no Swahili: it is told that these are the English words.
    translations: language === "sw" ? { en: swahili } : {},
  };
}

function without<Value>(
  all: Readonly<Record<string, Value>>,
  removed: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => !removed.includes(id)));
}
