import type { BoardId, ParticipantId } from "@darasa/protocol";
import { describe, expect, it } from "vitest";
import { localCopyName, markedCopies, openCopyMark } from "./copyMarks.ts";

const [amina, neema] = ["amina", "neema"] as ParticipantId[] as [ParticipantId, ParticipantId];
const [first, second] = ["board-1", "board-2"] as BoardId[] as [BoardId, BoardId];

function makeStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

describe("the marks of a person's copies", () => {
  it("tell what has not reached the server, also after a reload", () => {
    const storage = makeStorage();
    openCopyMark(localCopyName(amina, first), storage);
    openCopyMark(localCopyName(amina, second), storage).set(false);
    openCopyMark(localCopyName(amina, second), storage);
    expect(markedCopies(amina, storage)).toEqual([
      { name: "darasa.board.amina.board-1", isStored: true },
      { name: "darasa.board.amina.board-2", isStored: false },
    ]);
  });

  it("are nobody else's", () => {
    const storage = makeStorage();
    openCopyMark(localCopyName(amina, first), storage);
    expect(markedCopies(neema, storage)).toEqual([]);
  });

  it("go with the copy", () => {
    const storage = makeStorage();
    openCopyMark(localCopyName(amina, first), storage).remove();
    expect(markedCopies(amina, storage)).toEqual([]);
  });
});
