import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { eraseDrawings, withoutDrawings } from "./eraseDrawings.ts";

const erased = 1;
const other = 2;

/** Copies that hear one another at once. */
function drawTogether(): { readonly theirs: Y.Doc; readonly others: Y.Doc } {
  const [theirs, others] = [new Y.Doc(), new Y.Doc()];
  theirs.clientID = erased;
  others.clientID = other;
  const mirror = (from: Y.Doc, to: Y.Doc) =>
    from.on("update", (update: Uint8Array, origin) => {
      if (origin !== to) Y.applyUpdate(to, update, from);
    });
  mirror(theirs, others);
  mirror(others, theirs);
  return { theirs, others };
}

function shape(id: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const place = { x: 0, y: 0, rotation: 0, parentId: "page:page" };
  return { id, typeName: "shape", type: "geo", props: {}, ...place, ...fields };
}

describe("eraseDrawings", () => {
  it("knows whose a shape is after others changed it, deleted it and brought it back", () => {
    const { theirs, others } = drawTogether();
    const [one, two] = [theirs.getMap("records"), others.getMap("records")];
    one.set("shape:theirs", shape("shape:theirs"));
    two.set("shape:theirs", shape("shape:theirs", { x: 1 }));
    two.delete("shape:theirs");
    two.set("shape:theirs", shape("shape:theirs", { x: 2 }));
    two.set("shape:own", shape("shape:own"));
    one.set("shape:own", shape("shape:own", { x: 3 }));
    eraseDrawings(others, new Set([erased]));
    expect([...two.keys()]).toEqual(["shape:own"]);
    expect(two.get("shape:own")).toMatchObject({ x: 3 });
    expect([...one.keys()]).toEqual(["shape:own"]);
  });

  it("takes ink that is being drawn, pieces in the ink of others, and what no editor shows", () => {
    const { theirs, others } = drawTogether();
    const inkOf = (doc: Y.Doc, id: string) =>
      doc.getMap<Y.Array<Uint8Array>>("ink").get(id) ?? new Y.Array();
    theirs.getMap("ink").set("shape:a", new Y.Array());
    inkOf(theirs, "shape:a").push([Uint8Array.of(1)]);
    others.getMap("ink").set("shape:b", new Y.Array());
    inkOf(others, "shape:b").push([Uint8Array.of(2)]);
    inkOf(theirs, "shape:b").push([Uint8Array.of(3)]);
    theirs.getText("elsewhere").insert(0, "hidden");
    theirs.getMap("meta").set("schema", { version: 1 });
    theirs.getMap("meta").set("note", "hidden");
    eraseDrawings(others, new Set([erased]));
    expect([...others.getMap("ink").keys()]).toEqual(["shape:b"]);
    expect(inkOf(others, "shape:b").toArray()).toEqual([Uint8Array.of(2)]);
    expect(others.getText("elsewhere").length).toBe(0);
    expect(others.getMap("meta").toJSON()).toEqual({ schema: { version: 1 } });
  });

  it("lifts what others put into frames and groups out of them, to the same place of the page", () => {
    const { theirs, others } = drawTogether();
    const quarter = Math.PI / 2;
    const one = theirs.getMap("records");
    one.set("shape:frame", shape("shape:frame", { x: 100, y: 10, rotation: quarter }));
    one.set("shape:group", shape("shape:group", { parentId: "shape:frame", x: 5 }));
    const two = others.getMap("records");
    two.set("shape:in", shape("shape:in", { parentId: "shape:group", x: 1, y: 2 }));
    two.set("shape:below", shape("shape:below", { parentId: "shape:in", x: 9 }));
    eraseDrawings(others, new Set([erased]));
    const { x, y, rotation, parentId } = two.get("shape:in") as Record<string, unknown>;
    expect([parentId, rotation]).toEqual(["page:page", quarter]);
    expect([x, y]).toEqual([expect.closeTo(98), expect.closeTo(16)]);
    expect(two.get("shape:below")).toMatchObject({ parentId: "shape:in", x: 9 });
  });

  it("survives shapes that stand in themselves", () => {
    const { theirs, others } = drawTogether();
    const one = theirs.getMap("records");
    one.set("shape:a", shape("shape:a", { parentId: "shape:b" }));
    one.set("shape:b", shape("shape:b", { parentId: "shape:a" }));
    others.getMap("records").set("shape:in", shape("shape:in", { parentId: "shape:a" }));
    eraseDrawings(others, new Set([erased]));
    expect([...others.getMap("records").keys()]).toEqual(["shape:in"]);
  });
});

describe("withoutDrawings", () => {
  it("says null for a log of which something is missing, and throws at what cannot be read", () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    doc.getArray("a").push([1]);
    doc.getArray("a").push([2]);
    expect(withoutDrawings(updates.slice(1), new Set([erased]))).toBeNull();
    expect(() => withoutDrawings([Uint8Array.of(255, 255)], new Set([erased]))).toThrow();
  });

  it("keeps no byte of what was ever deleted", () => {
    const { theirs, others } = drawTogether();
    const updates: Uint8Array[] = [];
    others.on("update", (update: Uint8Array) => updates.push(update));
    theirs.getMap("records").set("shape:a", { text: "canary" });
    others.getMap("records").set("shape:b", { text: "stays" });
    const update = withoutDrawings(updates, new Set([erased])) ?? Uint8Array.of();
    const words = new TextDecoder("latin1").decode(update);
    expect(words).not.toContain("canary");
    expect(words).toContain("stays");
    // It merges with copies that know the old log.
    Y.applyUpdate(theirs, update);
    expect([...theirs.getMap("records").keys()]).toEqual(["shape:b"]);
  });
});
