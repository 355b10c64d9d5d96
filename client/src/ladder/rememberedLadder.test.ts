import type { LiveClassId } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { addDataUse, noDataUse } from "./reduceDataUse.ts";
import {
  loadLadderChoice,
  loadLadderProgress,
  storeLadderChoice,
  storeLadderProgress,
} from "./rememberedLadder.ts";

const [today, tomorrow] = ["class-1" as LiveClassId, "class-2" as LiveClassId];

function makeStorage(stored?: string) {
  const values = new Map<string, string>();
  return () => ({
    getItem: (key: string) => stored ?? values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  });
}

function forbidden(): Storage {
  throw new Error("storage is forbidden here");
}

describe("what is remembered of the ladder", () => {
  test("is one's own choice, on the device", () => {
    const storage = makeStorage();
    storeLadderChoice(storage, { wanted: "audio", isAutomatic: true });
    expect(loadLadderChoice(storage)).toEqual({ wanted: "audio", isAutomatic: true });
  });

  test("is how it stands in one class, and in no other", () => {
    const storage = makeStorage();
    const more = { mode: "lite", bytes: 5_000, ms: 2_000, loadedBytes: 700 } as const;
    const use = addDataUse(noDataUse, more);
    storeLadderProgress(storage, today, { mode: "lite", use });
    expect(loadLadderProgress(storage, today)).toEqual({ mode: "lite", use });
    expect(loadLadderProgress(storage, tomorrow)).toBeNull();
  });

  test("is nothing where storage is forbidden or holds something else", () => {
    storeLadderChoice(forbidden, { wanted: "audio", isAutomatic: true });
    for (const storage of [forbidden, makeStorage("{"), makeStorage('{"wanted":"ultra"}')]) {
      expect(loadLadderChoice(storage)).toEqual({ wanted: "full", isAutomatic: false });
      expect(loadLadderProgress(storage, today)).toBeNull();
    }
    const odd = JSON.stringify({
      liveClassId: today,
      mode: "text",
      use: { byMode: { text: { bytes: -5, ms: "long" } }, loadedBytes: null },
    });
    const progress = { mode: "text", use: noDataUse };
    expect(loadLadderProgress(makeStorage(odd), today)).toEqual(progress);
  });
});
