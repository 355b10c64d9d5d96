import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { checkUpdate } from "./checkUpdate.ts";

const maxPieces = 20_000;

/** Every edit of `edit` as the update that it makes. */
function updatesOf(edit: (doc: Y.Doc) => void, doc = new Y.Doc()): Uint8Array[] {
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  edit(doc);
  return updates;
}

function judge(document: Y.Doc, update: Uint8Array): string {
  return checkUpdate(document, update, maxPieces).kind;
}

const edits = fc.array(
  fc.record({
    kind: fc.constantFrom("set", "delete", "push", "nest"),
    key: fc.constantFrom("a", "b", "c", "d"),
    value: fc.jsonValue(),
  }),
  { minLength: 1, maxLength: 30 },
);

function applyEdits(
  doc: Y.Doc,
  list: readonly { kind: string; key: string; value: unknown }[],
): void {
  const records = doc.getMap("records");
  for (const { kind, key, value } of list) {
    if (kind === "set") records.set(key, value);
    else if (kind === "delete") records.delete(key);
    else if (kind === "push") doc.getArray("list").push([value]);
    else doc.getMap("ink").set(key, new Y.Array<unknown>());
  }
}

describe("checkUpdate", () => {
  it("lets every real edit through, in order and as one", () => {
    fc.assert(
      fc.property(edits, (list) => {
        const server = new Y.Doc();
        const client = new Y.Doc();
        for (const update of updatesOf((doc) => applyEdits(doc, list), client)) {
          expect(judge(server, update)).toBe("whole");
          Y.applyUpdate(server, update);
        }
        expect(judge(new Y.Doc(), Y.encodeStateAsUpdate(client))).toBe("whole");
        expect(judge(server, Y.encodeStateAsUpdate(client))).toBe("whole");
      }),
    );
  });

  it("tells what such an update will bring", () => {
    const doc = new Y.Doc();
    const [first, second] = updatesOf((made) => {
      made.getMap("records").set("a", 1);
      made.getMap("records").delete("a");
    }, doc);
    const grown = checkUpdate(new Y.Doc(), first ?? new Uint8Array(), maxPieces);
    expect(grown).toMatchObject({ kind: "whole", update: { grows: true, pieces: 1 } });
    const server = new Y.Doc();
    Y.applyUpdate(server, first ?? new Uint8Array());
    const shrunk = checkUpdate(server, second ?? new Uint8Array(), maxPieces);
    expect(shrunk).toMatchObject({
      kind: "whole",
      update: { grows: false, extent: { deletes: [[doc.clientID, 0, 1]] } },
    });
  });

  it("finds a hole before what the client wrote, and what stands beside the unknown", () => {
    const [, second] = updatesOf((doc) => {
      doc.getMap("records").set("a", 1);
      doc.getMap("records").set("b", 2);
    });
    expect(judge(new Y.Doc(), second ?? new Uint8Array())).toBe("incomplete");
    const base = new Y.Doc();
    base.getArray("list").push([1]);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(base));
    const [beside] = updatesOf((doc) => doc.getArray("list").push([2]), other);
    expect(judge(new Y.Doc(), beside ?? new Uint8Array())).toBe("incomplete");
    const [deletion] = updatesOf((doc) => doc.getArray("list").delete(0, 1), other);
    expect(judge(new Y.Doc(), deletion ?? new Uint8Array())).toBe("incomplete");
  });

  it("never throws on any bytes, and what it lets through merges completely", () => {
    const server = new Y.Doc();
    server.getMap("records").set("a", { x: 1 });
    server.getArray("list").push([1, 2, 3]);
    const real = Y.encodeStateAsUpdate(server);
    const mutated = fc
      .tuple(fc.nat(real.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(real.length))
      .map(([place, flip, end]) => {
        const bytes = new Uint8Array(real);
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        return bytes.subarray(0, Math.max(end, place + 1));
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), mutated), (bytes) => {
        const copy = new Y.Doc();
        Y.applyUpdate(copy, real);
        const verdict = checkUpdate(copy, bytes, maxPieces);
        if (verdict.kind !== "whole") return;
        Y.applyUpdate(copy, bytes);
        expect(copy.store.pendingStructs).toBeNull();
        expect(copy.store.pendingDs).toBeNull();
        for (const [client, end] of verdict.update.extent.clocks) {
          expect(Y.getState(copy.store, client)).toBeGreaterThanOrEqual(end);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("refuses a claim of more structs than there are bytes for", () => {
    expect(judge(new Y.Doc(), new Uint8Array([1, 255, 255, 255, 255, 7, 1, 0]))).toBe("bad");
  });

  it("refuses documents within documents", () => {
    const [update] = updatesOf((doc) => doc.getMap("records").set("a", new Y.Doc()));
    expect(judge(new Y.Doc(), update ?? new Uint8Array())).toBe("bad");
  });

  it("refuses types that are nested too deep, at once or step by step", () => {
    const client = new Y.Doc();
    const server = new Y.Doc();
    const verdicts = updatesOf((doc) => {
      let map = doc.getMap<unknown>("records");
      for (let depth = 0; depth < 30; depth += 1) {
        const inner = new Y.Map<unknown>();
        map.set("in", inner);
        map = inner;
      }
    }, client).map((update) => {
      const verdict = judge(server, update);
      Y.applyUpdate(server, update);
      return verdict;
    });
    expect(verdicts.slice(0, 10).every((verdict) => verdict === "whole")).toBe(true);
    expect(verdicts.at(-1)).toBe("bad");
    expect(judge(new Y.Doc(), Y.encodeStateAsUpdate(client))).toBe("bad");
  });

  it("judges a long flat list of types quickly", () => {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (let index = 0; index < 5_000; index += 1) doc.getArray("list").push([new Y.Map()]);
    });
    const startMs = performance.now();
    expect(judge(new Y.Doc(), Y.encodeStateAsUpdate(doc))).toBe("whole");
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });

  it("refuses an update that would keep Yjs busy for minutes", () => {
    const count = 5_000;
    const server = new Y.Doc();
    server.clientID = 1_000_000;
    server.getArray("list").push(Array.from({ length: count }, (_, index) => index));
    const hostile = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, count);
      for (let index = 0; index < count; index += 1) {
        for (const part of [1, count - index, 0]) encoding.writeVarUint(encoder, part);
        encoding.writeUint8(encoder, 8 | 64);
        for (const part of [1_000_000, index, 1]) encoding.writeVarUint(encoder, part);
        encoding.writeAny(encoder, 1);
      }
      encoding.writeVarUint(encoder, 0);
    });
    expect(judge(server, hostile)).toBe("bad");
  });
});
