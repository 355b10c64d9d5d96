import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { splitUpdate } from "./splitUpdate.ts";

const edit = fc.record({
  who: fc.nat(3),
  kind: fc.constantFrom("set", "delete", "push", "insert", "ink", "sync"),
  key: fc.constantFrom("a", "b", "c"),
  value: fc.string({ maxLength: 40 }),
});

interface Edit {
  readonly who: number;
  readonly kind: string;
  readonly key: string;
  readonly value: string;
}

function play(edits: readonly Edit[]): Y.Doc {
  const docs = [0, 1, 2, 3].map(() => new Y.Doc());
  for (const edit of edits) apply(docs[edit.who] ?? new Y.Doc(), edit, docs);
  const whole = new Y.Doc();
  for (const doc of docs) Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc));
  return whole;
}

function apply(doc: Y.Doc, { kind, key, value }: Edit, all: readonly Y.Doc[]): void {
  const list = doc.getArray<unknown>("list");
  switch (kind) {
    case "set":
      doc.getMap("records").set(key, { value });
      return;
    case "delete":
      doc.getMap("records").delete(key);
      return;
    case "push":
      list.push([value]);
      return;
    case "insert":
      list.insert(Math.floor(list.length / 2), [value]);
      return;
    case "ink":
      doc.getMap("ink").set(key, Y.Array.from([new Uint8Array([1, 2])]));
      return;
    default:
      for (const other of all) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  }
}

describe("splitUpdate", () => {
  it("gives pieces that each apply without waiting, and make the same document", () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 60 }),
        fc.integer({ min: 1, max: 300 }),
        (edits, size) => {
          const doc = play(edits);
          const copy = new Y.Doc();
          for (const piece of splitUpdate(Y.encodeStateAsUpdate(doc), size)) {
            Y.applyUpdate(copy, piece);
            expect(copy.store.pendingStructs).toBeNull();
            expect(copy.store.pendingDs).toBeNull();
          }
          expect(Y.equalSnapshots(Y.snapshot(copy), Y.snapshot(doc))).toBe(true);
          expect(copy.getArray("list").toJSON()).toEqual(doc.getArray("list").toJSON());
          expect(copy.getMap("records").toJSON()).toEqual(doc.getMap("records").toJSON());
        },
      ),
    );
  });

  it("splits what a peer that has a part still lacks", () => {
    const doc = play([]);
    doc.getArray("list").push(["before"]);
    const peer = new Y.Doc();
    Y.applyUpdate(peer, Y.encodeStateAsUpdate(doc));
    for (let index = 0; index < 50; index += 1) doc.getArray("list").push([new Uint8Array(50)]);
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(peer));
    const pieces = splitUpdate(update, 500);
    expect(pieces.length).toBeGreaterThan(4);
    for (const piece of pieces) Y.applyUpdate(peer, piece);
    expect(peer.getArray("list").length).toBe(51);
  });

  it("leaves a small update alone", () => {
    const update = Y.encodeStateAsUpdate(play([]));
    expect(splitUpdate(update, 1_000)).toEqual([update]);
  });
});
