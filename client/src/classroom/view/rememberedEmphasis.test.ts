import { expect, test } from "vitest";
import { loadEmphasis, storeEmphasis } from "./rememberedEmphasis.ts";

function fakeStorage(): Pick<Storage, "getItem" | "setItem"> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
  };
}

test("what was chosen is there again, and the board where nothing was", () => {
  const storage = fakeStorage();
  expect(loadEmphasis(() => storage)).toBe("board");
  storeEmphasis(() => storage, "grid");
  expect(loadEmphasis(() => storage)).toBe("grid");
});

test("what an older version wrote, or nobody, counts as nothing", () => {
  expect(loadEmphasis(() => ({ getItem: () => "video" }))).toBe("board");
});

test("a browser that forbids storage forgets", () => {
  const forbidden = (): never => {
    throw new DOMException("no", "SecurityError");
  };
  storeEmphasis(forbidden, "grid");
  expect(loadEmphasis(forbidden)).toBe("board");
});
