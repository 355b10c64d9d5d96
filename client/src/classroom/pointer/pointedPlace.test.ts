import { describe, expect, test } from "vitest";
import { movedPlace, placeIn } from "./pointedPlace.ts";

/** A picture of 16:9 with bars above and below it. */
const picture = { left: 8, top: 120, width: 320, height: 180 };

describe("[P13] where on the picture a press lies", () => {
  test.each([
    ["its upper left", { clientX: 8, clientY: 120 }, { x: 0, y: 0 }],
    ["its lower right", { clientX: 328, clientY: 300 }, { x: 1, y: 1 }],
    ["between", { clientX: 88, clientY: 255 }, { x: 0.25, y: 0.75 }],
  ])("%s", (_, press, place) => {
    expect(placeIn(picture, press)).toEqual(place);
  });

  test.each([
    ["the bar above", { clientX: 88, clientY: 119 }],
    ["the bar below", { clientX: 88, clientY: 301 }],
    ["the left", { clientX: 7, clientY: 200 }],
    ["the right", { clientX: 329, clientY: 200 }],
  ])("%s is no place on it", (_, press) => {
    expect(placeIn(picture, press)).toBeNull();
  });

  test("a picture that is not laid out has no place", () => {
    const nothing = { left: 0, top: 0, width: 0, height: 0 };
    expect(placeIn(nothing, { clientX: 0, clientY: 0 })).toBeNull();
  });

  test("is the same on a picture of another size", () => {
    const large = { left: 40, top: 0, width: 1_280, height: 720 };
    expect(placeIn(large, { clientX: 40 + 320, clientY: 540 })).toEqual(
      placeIn(picture, { clientX: 88, clientY: 255 }),
    );
  });

  test("is said in few digits", () => {
    expect(placeIn(picture, { clientX: 8 + 320 / 3, clientY: 180 })?.x).toBe(0.3333);
  });
});

describe("the keys move it", () => {
  const from = { x: 0.5, y: 0.5 };
  const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });

  test.each([
    ["ArrowLeft", { x: 0.48, y: 0.5 }],
    ["ArrowRight", { x: 0.52, y: 0.5 }],
    ["ArrowUp", { x: 0.5, y: 0.48 }],
    ["ArrowDown", { x: 0.5, y: 0.52 }],
  ])("%s by a small step", (name, place) => {
    expect(movedPlace(from, key(name))).toEqual(place);
  });

  test("with Shift farther, and no farther than the edge", () => {
    expect(movedPlace(from, key("ArrowLeft", true))).toEqual({ x: 0.4, y: 0.5 });
    expect(movedPlace({ x: 0.05, y: 0.99 }, key("ArrowLeft", true))).toEqual({ x: 0, y: 0.99 });
    expect(movedPlace({ x: 0.05, y: 0.99 }, key("ArrowDown"))).toEqual({ x: 0.05, y: 1 });
  });

  test.each(["Escape", "a", "Tab", "toString"])("not %s", (name) => {
    expect(movedPlace(from, key(name))).toBeNull();
  });
});
