import { describe, expect, it } from "vitest";
import { decodeAwareness } from "./decodeAwareness.ts";
import { isSameJson } from "./sameJson.ts";

const user = { id: "u", name: "Neema", color: "#0f5c50" };

describe("decodeAwareness", () => {
  it("reads who somebody is, where they point and what they have chosen", () => {
    const state = { user, cursor: { x: 1, y: -2, type: "text" }, selected: ["shape:a"] };
    expect(decodeAwareness(state)).toEqual(state);
  });

  it.each([
    null,
    5,
    {},
    { user: { ...user, color: "red;background:url(x)" } },
    { user: { name: 1 } },
  ])("does not know %j", (value) => {
    expect(decodeAwareness(value)).toBeNull();
  });

  it("leaves out what is odd", () => {
    const selected = ["shape:a", 5, "page:page", "shape:<b>", ...Array<string>(50).fill("shape:z")];
    const decoded = decodeAwareness({ user, cursor: { x: NaN, y: 0 }, selected });
    expect(decoded?.cursor).toBeNull();
    expect(decoded?.selected).toHaveLength(20);
    expect(decoded?.selected).not.toContain("page:page");
  });
});

describe("isSameJson", () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [[], {}, false],
    [[1, 2], [1], false],
    [null, {}, false],
    ["a", "a", true],
  ])("%j and %j: %s", (a, b, same) => {
    expect(isSameJson(a, b)).toBe(same);
  });
});
