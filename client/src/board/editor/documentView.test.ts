import type { BoardRoots } from "@darasa/protocol/board";
import { atom, type TLBindingId, type TLShapeId, type TLStore } from "tldraw";
import { beforeEach, describe, expect, it } from "vitest";
import { createBoardStore } from "./boardSchema.ts";
import { DocumentView } from "./documentView.ts";
import { arrow, emptyBoard, frame, idOf, note, put, stroke } from "./test/boardFixtures.ts";

const binding = (id: string, from: string, to: string) => ({
  id: `binding:${id}`,
  typeName: "binding",
  type: "arrow",
  fromId: idOf(from),
  toId: idOf(to),
  meta: {},
  props: {
    terminal: "end",
    normalizedAnchor: { x: 0.5, y: 0.5 },
    isExact: false,
    isPrecise: false,
    snap: "none",
  },
});

describe("a view of a document", () => {
  let roots: BoardRoots;
  let store: TLStore;
  let view: DocumentView;
  beforeEach(() => {
    roots = emptyBoard();
    store = createBoardStore(atom("mode", "readwrite"));
    view = new DocumentView(roots, store);
  });

  const shapes = () =>
    store
      .allRecords()
      .filter(({ typeName }) => typeName === "shape")
      .map(({ id }) => id)
      .sort();

  it("shows what is there, and takes out what is not", () => {
    put(roots, note("a"));
    put(
      roots,
      stroke(
        "b",
        [
          [0, 0],
          [5.5, -3],
        ],
        true,
      ),
    );
    store.put([note("stale")]);
    view.showAll();
    expect(shapes()).toEqual([idOf("a"), idOf("b")]);
    expect(store.get(idOf("a"))).toEqual(note("a"));
    expect(store.get(idOf("b"))).toEqual(
      stroke(
        "b",
        [
          [0, 0],
          [5.5, -3],
        ],
        true,
      ),
    );
    roots.records.delete(idOf("a"));
    view.show([idOf("a")]);
    expect(shapes()).toEqual([idOf("b")]);
    expect(view.hiddenCount()).toBe(0);
  });

  it("keeps out each bad record alone, counts it, and shows it when it is mended", () => {
    const bad = { ...note("bad"), props: { ...note("bad").props, color: "no colour" } };
    for (const record of [note("a"), bad, note("z")]) put(roots, record);
    roots.records.set(idOf("junk"), { hello: "world" });
    roots.records.set(idOf("bytes"), new Uint8Array(5));
    roots.records.set("instance:instance", { id: "instance:instance", typeName: "instance" });
    roots.records.set(idOf("pointless"), { ...stroke("pointless", [[0, 0]], true), props: {} });
    view.showAll();
    expect(shapes()).toEqual([idOf("a"), idOf("z")]);
    expect(view.hiddenCount()).toBe(4);
    put(roots, note("bad"));
    view.show([idOf("bad")]);
    expect(shapes()).toContain(idOf("bad"));
    expect(view.hiddenCount()).toBe(3);
  });

  it("takes a shape out when it turns bad", () => {
    put(roots, note("a"));
    view.showAll();
    roots.records.set(idOf("a"), { ...note("a"), x: NaN });
    view.show([idOf("a")]);
    expect(shapes()).toEqual([]);
  });

  it("does not take what loads something from elsewhere", () => {
    roots.records.set(idOf("e"), { ...note("e"), type: "embed", props: { w: 1, h: 1, url: "x" } });
    roots.records.set(idOf("i"), { ...note("i"), type: "image", props: { w: 1, h: 1 } });
    view.showAll();
    expect(shapes()).toEqual([]);
  });

  it("does not take a line that has no points, nor a text that kills the editor", () => {
    const line = { dash: "draw", size: "m", color: "black", spline: "line", scale: 1, points: {} };
    roots.records.set(idOf("l"), { ...note("l"), type: "line", props: line });
    const empty = {
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text: "" }] }],
    };
    put(roots, note("t", { props: { ...note("t").props, richText: empty } }));
    view.showAll();
    expect(shapes()).toEqual([]);
  });

  it("lets children wait for their parents, in whatever order they come", () => {
    put(roots, note("child", { parentId: idOf("inner") }));
    put(roots, frame("inner", { parentId: idOf("outer") }));
    view.showAll();
    expect(shapes()).toEqual([]);
    expect(view.hiddenCount()).toBe(2);
    put(roots, frame("outer"));
    view.show([idOf("outer")]);
    expect(shapes()).toEqual([idOf("child"), idOf("inner"), idOf("outer")]);
    roots.records.delete(idOf("outer"));
    view.show([idOf("outer")]);
    expect(shapes()).toEqual([]);
  });

  it("hangs on no shape that is its own ancestor, and shows them when the ring is opened", () => {
    put(roots, frame("a"));
    put(roots, frame("b", { parentId: idOf("a") }));
    put(roots, note("c", { parentId: idOf("b") }));
    view.showAll();
    expect(shapes()).toHaveLength(3);
    put(roots, frame("a", { parentId: idOf("b") }));
    put(roots, frame("self", { parentId: idOf("self") }));
    view.show([idOf("a"), idOf("self")]);
    expect(shapes()).toEqual([]);
    put(roots, frame("a"));
    view.show([idOf("a")]);
    expect(shapes()).toHaveLength(3);
  });

  it("shows an arrow's binding once both ends are there, and again when one comes back", () => {
    const held = "binding:h" as TLBindingId;
    put(roots, binding("h", "arrow", "note"));
    put(roots, arrow("arrow"));
    view.showAll();
    expect(store.has(held)).toBe(false);
    put(roots, note("note"));
    view.show([idOf("note")]);
    expect(store.has(held)).toBe(true);
    roots.records.delete(idOf("note"));
    view.show([idOf("note")]);
    put(roots, note("note"));
    view.show([idOf("note")]);
    expect(store.has(held)).toBe(true);
  });

  it("lets no arrow hold on to an arrow, and no other shape to anything", () => {
    for (const record of [arrow("a"), arrow("b"), note("n")]) put(roots, record);
    put(roots, binding("1", "a", "b"));
    put(roots, binding("2", "n", "a"));
    view.showAll();
    expect(store.has("binding:1" as TLBindingId)).toBe(false);
    expect(store.has("binding:2" as TLBindingId)).toBe(false);
  });

  it("finds the one record that breaks the editor's own after-effects, and shows the others", () => {
    store.sideEffects.registerAfterCreateHandler("shape", (shape) => {
      if (shape.id === idOf("bomb")) throw new Error("broken");
    });
    for (const record of [note("a"), note("bomb"), note("b")]) put(roots, record);
    view.showAll();
    expect(shapes()).toEqual([idOf("a"), idOf("b")]);
    expect(view.hiddenCount()).toBe(1);
  });

  it("counts shapes only", () => {
    put(roots, binding("x", "nobody", "nothing"));
    view.showAll();
    expect(view.hiddenCount()).toBe(0);
    expect(store.has("binding:x" as TLBindingId)).toBe(false);
    expect(store.has("shape:x" as TLShapeId)).toBe(false);
  });
});
