import { describe, expect, test } from "vitest";
import { nextRegion, shortcutAction, shortcutLabels, type Keystroke } from "./keyboardMap.ts";

const stroke = (change: Partial<Keystroke>): Keystroke => ({
  key: "",
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isTyping: false,
  ...change,
});
const alt = (letter: string, change: Partial<Keystroke> = {}) =>
  stroke({ key: letter, code: `Key${letter.toUpperCase()}`, altKey: true, ...change });

describe("shortcutAction", () => {
  test.each([
    ["m", "microphone"],
    ["v", "camera"],
    ["d", "screen"],
    ["r", "hand"],
    ["e", "reactions"],
    ["c", "chat"],
    ["p", "people"],
    ["b", "board"],
  ])("Alt+%s is %s, also while typing", (letter, action) => {
    expect(shortcutAction(alt(letter))).toBe(action);
    expect(shortcutAction(alt(letter, { isTyping: true }))).toBe(action);
  });

  test("bare letters are the board's and the text's", () => {
    for (const letter of "mvdrecpb") expect(shortcutAction(stroke({ key: letter }))).toBeNull();
  });

  test("what the browser or the system owns stays theirs", () => {
    expect(shortcutAction(alt("m", { ctrlKey: true }))).toBeNull();
    expect(shortcutAction(alt("m", { metaKey: true }))).toBeNull();
    expect(shortcutAction(alt("m", { shiftKey: true }))).toBeNull();
    expect(shortcutAction(alt("f"))).toBeNull();
  });

  test("Option on a Mac gives another character; the key's place counts", () => {
    expect(shortcutAction(alt("m", { key: "µ" }))).toBe("microphone");
  });

  test("on a French keyboard the letter counts, not the place", () => {
    expect(shortcutAction(alt("m", { code: "Semicolon" }))).toBe("microphone");
  });

  test("? asks for help, unless it is text", () => {
    expect(shortcutAction(stroke({ key: "?", shiftKey: true }))).toBe("help");
    expect(shortcutAction(stroke({ key: "?", shiftKey: true, isTyping: true }))).toBeNull();
  });

  test("F6 goes on and Shift+F6 back, also out of the board and out of a text", () => {
    expect(shortcutAction(stroke({ key: "F6", isTyping: true }))).toBe("nextRegion");
    expect(shortcutAction(stroke({ key: "F6", shiftKey: true }))).toBe("previousRegion");
  });

  test("no two actions share a shortcut", () => {
    const labels = Object.values(shortcutLabels);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe("nextRegion", () => {
  test("goes round in both directions", () => {
    const regions = ["board", "chat", "bar"];
    expect(nextRegion(regions, "board", 1)).toBe("chat");
    expect(nextRegion(regions, "bar", 1)).toBe("board");
    expect(nextRegion(regions, "board", -1)).toBe("bar");
  });

  test("from nowhere, or from a region that is gone, starts at an end", () => {
    expect(nextRegion(["board", "bar"], null, 1)).toBe("board");
    expect(nextRegion(["board", "bar"], "chat", -1)).toBe("bar");
    expect(nextRegion([], null, 1)).toBeNull();
  });
});
