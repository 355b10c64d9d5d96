import { decodeStroke, strokePieces, type BoardRoots } from "@darasa/protocol/board";
import type { TLDrawShape } from "tldraw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyUpdate } from "yjs";
import { BoundEditor } from "./test/boundEditor.ts";
import { emptyBoard, idOf, note, put, stroke } from "./test/boardFixtures.ts";

const segmentsOf = (roots: BoardRoots, id: string) => {
  const decoded = decodeStroke(...strokePieces(roots, id));
  return decoded.ok ? decoded.value : null;
};

describe("a store bound to a document", () => {
  let editor: BoundEditor;
  beforeEach(() => {
    editor = new BoundEditor(emptyBoard());
  });
  afterEach(() => editor.binding.stop());

  it("writes what is drawn as plain records, gathered, and nothing that belongs to this device", () => {
    editor.store.put([note("a")]);
    editor.store.put([note("a", { x: 30 })]);
    expect(editor.updates).toHaveLength(0);
    editor.clock.pass(50);
    expect(editor.updates).toHaveLength(1);
    expect(editor.roots.records.toJSON()).toEqual({ [idOf("a")]: note("a", { x: 30 }) });
    expect(editor.roots.meta.get("schema")).toMatchObject({ schemaVersion: 2 });
  });

  it("removes what is deleted, with its points", () => {
    editor.draw(
      stroke(
        "s",
        [
          [0, 0],
          [1, 1],
        ],
        true,
      ),
    );
    expect(editor.roots.points.has(idOf("s"))).toBe(true);
    editor.store.remove([idOf("s")]);
    editor.clock.pass(50);
    expect(editor.roots.records.size + editor.roots.points.size).toBe(0);
  });

  it("sends of a stroke being drawn only what is new, and its points once when the pen lifts", () => {
    const points: [number, number][] = Array.from({ length: 200 }, (_, step) => [
      step * 2,
      step % 7,
    ]);
    for (let length = 20; length <= 200; length += 20) {
      editor.draw(stroke("s", points.slice(0, length), false));
      expect(segmentsOf(editor.roots, idOf("s"))?.[0]?.points).toHaveLength(length);
    }
    // The first update brings the record as well.
    const sizes = editor.updates.slice(1).map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThan(20 * 3 + 60);
    expect(editor.roots.points.size).toBe(0);
    editor.draw(stroke("s", points, true));
    expect(editor.roots.ink.size).toBe(0);
    expect(segmentsOf(editor.roots, idOf("s"))?.[0]?.points).toHaveLength(200);
    expect(JSON.stringify(editor.roots.records.get(idOf("s")))).not.toContain("segments");
  });

  it("does not send the points again when a stroke is moved or coloured", () => {
    const drawn = stroke(
      "s",
      Array.from({ length: 300 }, (_, step) => [step, step]),
      true,
    );
    editor.draw(drawn);
    const before = editor.roots.points.get(idOf("s"));
    editor.store.update(idOf("s"), (shape) => ({ ...shape, x: 500 }));
    editor.clock.pass(50);
    expect(editor.roots.points.get(idOf("s"))).toBe(before);
    expect(editor.updates.at(-1)?.length).toBeLessThan(500);
  });

  it("sends them when it is made larger, as finely as they were kept", () => {
    put(
      editor.roots,
      stroke(
        "s",
        [
          [0, 0],
          [10.0625, 3],
        ],
        true,
      ),
    );
    editor.clock.pass(20);
    editor.store.update(idOf("s"), (shape) => {
      const { props } = shape as TLDrawShape;
      const segments = [
        {
          type: "free" as const,
          points: [
            { x: 0, y: 0, z: 0.5 },
            { x: 20.125, y: 6, z: 0.5 },
          ],
        },
      ];
      return { ...shape, props: { ...props, segments } };
    });
    editor.clock.pass(50);
    expect(segmentsOf(editor.roots, idOf("s"))?.[0]?.points[1]).toEqual({
      x: 20.125,
      y: 6,
      z: 0.5,
    });
  });

  it("shows what others draw, and does not send it back", () => {
    put(editor.roots, note("theirs"));
    put(
      editor.roots,
      stroke(
        "line",
        [
          [0, 0],
          [4, 4],
        ],
        true,
      ),
    );
    expect(editor.has("theirs")).toBe(false);
    editor.clock.pass(20);
    expect(editor.has("theirs")).toBe(true);
    expect(editor.has("line")).toBe(true);
    editor.clock.pass(1_000);
    expect(editor.updates).toHaveLength(0);
  });

  it("shows a stroke of somebody else grow while it is drawn", () => {
    const other = new BoundEditor(emptyBoard());
    other.roots.doc.on("update", (update: Uint8Array) => applyUpdate(editor.roots.doc, update));
    for (let length = 2; length <= 6; length += 2) {
      other.draw(
        stroke(
          "s",
          Array.from({ length }, (_, step) => [step, 0]),
          false,
        ),
      );
      editor.clock.pass(20);
      const shown = editor.store.get(idOf("s")) as TLDrawShape;
      expect(shown.props.segments[0]?.points).toHaveLength(length);
    }
    other.binding.stop();
  });

  it("lets what is being changed here win over what comes from elsewhere", () => {
    editor.draw(note("a"));
    editor.store.put([note("a", { x: 111 })]);
    put(editor.roots, note("a", { x: 222 }));
    editor.clock.pass(20);
    expect(editor.store.get(idOf("a"))?.x).toBe(111);
    editor.clock.pass(50);
    expect(editor.roots.records.get(idOf("a"))).toMatchObject({ x: 111 });
  });

  it("does not write what the editor itself changes in consequence of another's edit", () => {
    editor.store.sideEffects.registerAfterCreateHandler("shape", (shape) => {
      if (shape.id === idOf("cause")) editor.store.put([note("effect")]);
    });
    put(editor.roots, note("cause"));
    editor.clock.pass(1_000);
    expect(editor.has("effect")).toBe(true);
    expect(editor.updates).toHaveLength(0);
  });

  it("[B4] writes nothing at all for one who may not draw, and takes back what they changed", () => {
    editor.draw(note("a"));
    editor.updates.length = 0;
    editor.store.put([note("pending")]);
    editor.binding.setMayDraw(false);
    editor.store.put([note("a", { x: 99 }), note("later")]);
    editor.clock.pass(50);
    expect(editor.updates).toHaveLength(0);
    expect(editor.has("pending") || editor.has("later")).toBe(false);
    expect(editor.store.get(idOf("a"))?.x).toBe(10);
    editor.binding.setMayDraw(true);
    editor.draw(note("again"));
    expect(editor.roots.records.has(idOf("again"))).toBe(true);
  });

  it("does not write what no board may have, says so, and lets it vanish", () => {
    const large = note("large", { meta: { text: "x".repeat(300_000) } });
    editor.draw(note("fine"), large);
    expect(editor.roots.records.has(idOf("fine"))).toBe(true);
    expect(editor.roots.records.has(idOf("large"))).toBe(false);
    expect(editor.has("large")).toBe(false);
    expect(editor.unfit).toHaveBeenCalledTimes(1);
  });

  it("cuts what is pasted into updates that fit a frame, and takes its time after a large one", () => {
    const notes = Array.from({ length: 1_500 }, (_, index) => note(`n${String(index)}`));
    editor.draw(...notes);
    expect(editor.roots.records.size).toBe(1_500);
    expect(Math.max(...editor.updates.map(({ length }) => length))).toBeLessThan(1024 * 1024);
    const count = editor.updates.length;
    editor.store.put([note("next")]);
    editor.clock.pass(1_000);
    expect(editor.updates).toHaveLength(count);
    editor.clock.pass(1_000);
    expect(editor.updates).toHaveLength(count + 1);
  });

  it("writes what was drawn last when it ends", () => {
    const leaving = new BoundEditor(emptyBoard());
    leaving.store.put([note("last")]);
    leaving.binding.stop();
    expect(leaving.roots.records.has(idOf("last"))).toBe(true);
    put(leaving.roots, note("after"));
    leaving.clock.pass(1_000);
    expect(leaving.has("after")).toBe(false);
  });

  it("says when a newer editor has written the document", () => {
    expect(editor.writable).toHaveBeenLastCalledWith(true);
    const schema = editor.store.schema.serialize();
    const sequences = { ...schema.sequences, "com.tldraw.store": 99 };
    editor.roots.meta.set("schema", { ...schema, sequences });
    put(editor.roots, note("new"));
    editor.clock.pass(20);
    expect(editor.writable).toHaveBeenLastCalledWith(false);
  });
});
