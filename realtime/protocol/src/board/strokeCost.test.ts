import { expect, test } from "vitest";
import * as Y from "yjs";
import { boardRoots, strokePieces } from "./documentLayout.ts";
import { createInkWriter, decodeStroke, encodeStroke, type StrokePoint } from "./strokeCodec.ts";

/** Around an update: frame type, step and length of y-protocols; RFC 6455's header, masked by a client. */
const framingBytes = { protocol: 4, toServer: 6, toClient: 2 };

/** Eight seconds of handwriting as a browser reports it, 60 points a second. */
const points = Array.from({ length: 500 }, (_, index): StrokePoint => {
  const turn = index / 9;
  return { x: 60 * Math.sin(turn) + index * 1.5, y: 45 * Math.cos(turn * 1.3), z: 0.5 };
});

test("a stroke costs at most 16 bytes a point on the wire, in each direction", () => {
  const roots = boardRoots(new Y.Doc());
  const updates: Uint8Array[] = [];
  roots.doc.on("update", (update: Uint8Array) => updates.push(update));
  const record = {
    id: "shape:0123456789abcdefghijk",
    typeName: "shape",
    type: "draw",
    x: 512.25,
    y: 300.5,
    rotation: 0,
    index: "a1V",
    parentId: "page:page",
    isLocked: false,
    opacity: 1,
    meta: {},
    props: {
      color: "black",
      fill: "none",
      dash: "draw",
      size: "m",
      isClosed: false,
      isPen: false,
      scale: 1,
    },
  };
  const options = { resolution: 4, pressure: false };
  const ink = createInkWriter(options);
  const pieces = new Y.Array<Uint8Array>();
  roots.doc.transact(() => {
    roots.records.set(record.id, { ...record, props: { ...record.props, isComplete: false } });
    roots.ink.set(record.id, pieces);
  });
  // Three points come in the 50 ms for which an editor gathers.
  for (let end = 3; end <= points.length; end += 3) {
    const piece = ink.append([{ type: "free", points: points.slice(0, end) }]);
    if (piece !== null) pieces.push([piece]);
  }
  roots.doc.transact(() => {
    roots.records.set(record.id, { ...record, props: { ...record.props, isComplete: true } });
    roots.points.set(record.id, encodeStroke([{ type: "free", points }], options));
    roots.ink.delete(record.id);
  });

  const copy = boardRoots(new Y.Doc());
  for (const update of updates) Y.applyUpdate(copy.doc, update);
  const arrived = decodeStroke(...strokePieces(copy, record.id));
  expect(arrived.ok && arrived.value[0]?.points.length).toBe(points.length);

  const payload = updates.reduce((sum, { length }) => sum + length + framingBytes.protocol, 0);
  const up = (payload + updates.length * framingBytes.toServer) / points.length;
  const down = (payload + updates.length * framingBytes.toClient) / points.length;
  expect(up).toBeLessThanOrEqual(16);
  expect(down).toBeLessThanOrEqual(up);
});
