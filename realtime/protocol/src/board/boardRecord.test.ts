import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRecord, hasAncestorCycle, recordLimits } from "./boardRecord.ts";
import { isRichText } from "./richText.ts";

const note = {
  id: "shape:a1",
  typeName: "shape",
  type: "note",
  x: 10,
  y: -20.5,
  rotation: 0,
  index: "a1",
  parentId: "page:page",
  isLocked: false,
  opacity: 1,
  meta: {},
  props: {
    color: "yellow",
    richText: {
      type: "doc",
      content: [
        {
          type: "paragraph",
          content: [{ type: "text", text: "Habari", marks: [{ type: "bold" }] }],
        },
      ],
    },
  },
};
const text = (...content: unknown[]) => ({ type: "doc", content });
const paragraph = (...content: unknown[]) => ({ type: "paragraph", content });

describe("checkRecord", () => {
  it("lets a shape and an arrow's binding through", () => {
    const binding = {
      id: "binding:b",
      typeName: "binding",
      type: "arrow",
      fromId: "shape:a1",
      toId: "shape:a2",
      props: {},
      meta: {},
    };
    expect(checkRecord("shape:a1", note)).toEqual({ ok: true, value: note });
    expect(checkRecord("binding:b", binding).ok).toBe(true);
  });

  it.each<[string, unknown]>([
    ["not an object", 5],
    ["null", null],
    ["an array", []],
    ["another key", { ...note, id: "shape:zz" }],
    ["no props", { ...note, props: undefined }],
    ["a record of this device only", { ...note, typeName: "instance" }],
    ["an unknown type", { ...note, type: "virus" }],
    ["a shape that loads a page from elsewhere", { ...note, type: "embed" }],
    ["NaN", { ...note, x: NaN }],
    ["Infinity", { ...note, y: Infinity }],
    ["a place nobody can go to", { ...note, x: 1e9 }],
    ["a size nobody can draw", { ...note, props: { w: 1e12, h: 1 } }],
    ["bytes where JSON belongs", { ...note, meta: new Uint8Array(3) }],
    ["a bigint", { ...note, meta: { a: 5n } }],
    ["undefined", { ...note, meta: { a: undefined } }],
    ["a function's object", { ...note, meta: new Map() }],
    ["a parent that is none", { ...note, parentId: "camera:x" }],
    ["a megabyte of text", { ...note, meta: { a: "x".repeat(1_000_000) } }],
    [
      "an empty text node",
      { ...note, props: { richText: text(paragraph({ type: "text", text: "" })) } },
    ],
    ["a label that is one endless word", { ...note, props: { text: "W".repeat(1_001) } }],
    ["a name longer than a page", { ...note, props: { name: "jina ".repeat(3_000) } }],
    ["a binding to nothing", { ...note, id: "shape:a1", typeName: "binding" }],
  ])("refuses %s", (_name, value) => {
    expect(checkRecord("shape:a1", value)).toEqual({ ok: false, error: "bad_update" });
  });

  it("refuses nesting that is too deep, without running out of stack", () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 50_000; depth += 1) deep = { deep };
    expect(checkRecord("shape:a1", { ...note, meta: deep }).ok).toBe(false);
  });

  it("never throws, whatever stands there", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => checkRecord("shape:a1", value)).not.toThrow();
        expect(() => checkRecord("shape:a1", { ...note, props: value })).not.toThrow();
      }),
    );
  });
});

describe("hasAncestorCycle", () => {
  const parents = (links: Record<string, string>) => (id: string) => links[id];

  it("finds a shape that is its own parent, or its grandchild's child", () => {
    expect(hasAncestorCycle("a", parents({ a: "a" }))).toBe(true);
    expect(hasAncestorCycle("a", parents({ a: "b", b: "c", c: "a" }))).toBe(true);
    expect(hasAncestorCycle("a", parents({ a: "b", b: "page:page" }))).toBe(false);
  });

  it("treats a loop further up, or a depth nobody draws, alike", () => {
    expect(hasAncestorCycle("a", parents({ a: "b", b: "c", c: "b" }))).toBe(true);
    const chain: Record<string, string> = {};
    for (let step = 0; step <= recordLimits.maxAncestors; step += 1)
      chain[`${step}`] = `${step + 1}`;
    expect(hasAncestorCycle("0", parents(chain))).toBe(true);
  });
});

describe("isRichText", () => {
  const list = (...items: unknown[]) => ({ type: "bulletList", content: items });

  it("lets through what tldraw's editor writes", () => {
    const item = { type: "listItem", content: [paragraph({ type: "text", text: "one" })] };
    const link = { type: "link", attrs: { href: "https://school.example/", target: "_blank" } };
    expect(isRichText(text(paragraph()))).toBe(true);
    expect(isRichText(text(list(item, item)))).toBe(true);
    expect(isRichText(text(paragraph({ type: "hardBreak" })))).toBe(true);
    expect(isRichText(text(paragraph({ type: "text", text: "x", marks: [link] })))).toBe(true);
  });

  it("lets through a page of text, and refuses what stops the browser that lays it out", () => {
    const words = (count: number) => text(paragraph({ type: "text", text: "neno ".repeat(count) }));
    expect(isRichText(words(1_900))).toBe(true);
    expect(isRichText(words(2_100))).toBe(false);
    const bold = { type: "text", text: "W".repeat(600), marks: [{ type: "bold" }] };
    const plain = { type: "text", text: "W".repeat(600) };
    expect(isRichText(text(paragraph(plain, { type: "hardBreak" }, bold)))).toBe(true);
    expect(isRichText(text(paragraph(plain), paragraph(bold)))).toBe(true);
    expect(isRichText(text(paragraph(plain, bold)))).toBe(false);
  });

  it.each<[string, unknown]>([
    ["no document", paragraph()],
    ["an empty document", text()],
    ["an unknown node", text({ type: "script" })],
    ["a name from the prototype", text({ type: "constructor" })],
    ["an empty list", text(list())],
    ["a list item that begins with a list", text(list({ type: "listItem", content: [list()] }))],
    ["text outside of a paragraph", text({ type: "text", text: "x" })],
    ["content that is no array", text({ type: "paragraph", content: {} })],
    ["an unknown mark", text(paragraph({ type: "text", text: "x", marks: [{ type: "blink" }] }))],
    [
      "a link that runs a script",
      text(
        paragraph({
          type: "text",
          text: "x",
          marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }],
        }),
      ),
    ],
  ])("refuses %s", (_name, value) => {
    expect(isRichText(value)).toBe(false);
  });
});
