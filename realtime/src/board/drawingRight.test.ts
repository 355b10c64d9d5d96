import type { LiveClassId } from "@darasa/protocol";
import { describe, expect, it } from "vitest";
import { mayDraw, type Drawer } from "./drawingRight.ts";

const locked = { drawing: "teachers", chatLocked: false } as const;
const open = { drawing: "everyone", chatLocked: false } as const;
const inClass = "c" as LiveClassId;

const drawer = (change: Partial<Drawer>): Drawer => ({
  role: "student",
  roomKind: "class",
  liveClassId: null,
  permissions: locked,
  drawAllowed: false,
  ...change,
});

describe("mayDraw", () => {
  it.each<[string, Partial<Drawer>, boolean]>([
    ["a teacher in a locked class", { role: "teacher", liveClassId: inClass }, true],
    ["a student in a locked class", { liveClassId: inClass }, false],
    ["a student whom the teacher allows", { liveClassId: inClass, drawAllowed: true }, true],
    ["a student in an open class", { liveClassId: inClass, permissions: open }, true],
    ["a guest in an open class", { role: "guest", liveClassId: inClass, permissions: open }, true],
    ["a guest in a locked class", { role: "guest", liveClassId: inClass }, false],
    ["a teacher outside of a class", { role: "teacher" }, true],
    ["a student outside of a class, though it was open", { permissions: open }, false],
    ["a student outside of a class, though once allowed", { drawAllowed: true }, false],
    ["a student in a study group", { roomKind: "group", permissions: open }, true],
    ["a student in a room of two", { roomKind: "direct", permissions: open }, true],
    ["a student beside the locked class of their group", { roomKind: "group" }, false],
    ["whom the teacher allows, beside that class", { roomKind: "group", drawAllowed: true }, true],
  ])("%s: %o is %s", (_who, change, expected) => {
    expect(mayDraw(drawer(change))).toBe(expected);
  });
});
