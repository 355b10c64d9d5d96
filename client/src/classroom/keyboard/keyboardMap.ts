/** What a key does in the classroom, wherever the focus is. */
export type ShortcutAction =
  | "microphone"
  | "camera"
  | "screen"
  | "hand"
  | "reactions"
  | "chat"
  | "people"
  | "board"
  | "layout"
  | "help"
  | "nextRegion"
  | "previousRegion";

/** The part of a `KeyboardEvent` that counts. */
export interface Keystroke {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  /** The focus is where letters are text. */
  readonly isTyping: boolean;
}

/**
 * Letters that act together with Alt. The board owns the bare ones, and single-letter shortcuts would have to
 * be possible to switch off (WCAG 2.2, 2.1.4).
 */
const altLetters: Readonly<Record<string, ShortcutAction>> = {
  m: "microphone",
  v: "camera",
  d: "screen",
  r: "hand",
  e: "reactions",
  c: "chat",
  p: "people",
  b: "board",
  l: "layout",
};

/** Each shortcut as it is written for people, in the order in which the help shows them. */
export const shortcutLabels = {
  microphone: "Alt+M",
  camera: "Alt+V",
  screen: "Alt+D",
  hand: "Alt+R",
  reactions: "Alt+E",
  chat: "Alt+C",
  people: "Alt+P",
  board: "Alt+B",
  layout: "Alt+L",
  nextRegion: "F6",
  previousRegion: "Shift+F6",
  help: "?",
} as const satisfies Record<ShortcutAction, string>;

/** What that keystroke asks for; null for nothing of ours. */
export function shortcutAction(stroke: Keystroke): ShortcutAction | null {
  if (stroke.ctrlKey || stroke.metaKey) return null;
  if (stroke.altKey) return stroke.shiftKey ? null : (altLetters[letterOf(stroke)] ?? null);
  if (stroke.key === "F6") return stroke.shiftKey ? "previousRegion" : "nextRegion";
  return stroke.key === "?" && !stroke.isTyping ? "help" : null;
}

/** The letter on the key: by the person's layout where that gives one, else (Option on a Mac) by its place. */
function letterOf({ key, code }: Keystroke): string {
  const letter = key.toLowerCase();
  if (/^[a-z]$/.test(letter)) return letter;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? "";
}

/** The region that follows `current` (null for none) among those that are on the screen, going round. */
export function nextRegion<Region>(
  regions: readonly Region[],
  current: Region | null,
  step: 1 | -1,
): Region | null {
  const index = current === null ? -1 : regions.indexOf(current);
  if (index === -1) return (step === 1 ? regions[0] : regions.at(-1)) ?? null;
  return regions[(index + step + regions.length) % regions.length] ?? null;
}
