import { describe, expect, test } from "vitest";
import { makeId, me, roomId } from "../room/test/roomFixtures.ts";
import { forgetDrafts, makeDraft } from "./draft.ts";

function makeStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe("makeDraft", () => {
  test("is there again after a reload, for that person and room only", () => {
    const storage = makeStorage();
    makeDraft(me, roomId, storage).store("Is x");
    expect(makeDraft(me, roomId, storage).load()).toBe("Is x");
    expect(makeDraft(makeId(7) as never, roomId, storage).load()).toBe("");
    expect(makeDraft(me, makeId(8) as never, storage).load()).toBe("");
  });

  test("goes with its person, and nobody else's does", () => {
    const storage = makeStorage();
    const other = makeDraft(makeId(7) as never, roomId, storage);
    other.store("mine");
    makeDraft(me, roomId, storage).store("Is x");
    makeDraft(me, makeId(8) as never, storage).store("Is y");
    forgetDrafts(me, storage);
    expect(storage.kept.size).toBe(1);
    expect(other.load()).toBe("mine");
  });

  test("an empty draft leaves nothing behind", () => {
    const storage = makeStorage();
    const draft = makeDraft(me, roomId, storage);
    draft.store("Is x");
    draft.store("");
    expect(storage.kept.size).toBe(0);
  });

  test("a browser that keeps nothing is no error", () => {
    const refuse = () => {
      throw new Error("denied");
    };
    const draft = makeDraft(me, roomId, { getItem: refuse, setItem: refuse, removeItem: refuse });
    draft.store("Is x");
    expect(draft.load()).toBe("");
  });
});
