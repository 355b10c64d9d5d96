import { encode } from "uqr";
import { expect, test } from "vitest";
import { drawQr } from "./qrPath.ts";

test("draws every dark module, and no other", () => {
  const text = "https://school.example/join/K7M2QX";
  const { size, path } = drawQr(text);
  const { data } = encode(text, { ecc: "M", border: 4 });
  const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
    for (let step = 0; step < Number(width); step += 1) {
      const line = drawn[Number(y)];
      if (line !== undefined) line[Number(x) + step] = true;
    }
  }
  expect(drawn).toEqual(data);
  expect(path.replace(/M\d+ \d+h\d+v1H\d+z/g, "")).toBe("");
});

test("leaves the quiet zone that readers need", () => {
  const { path } = drawQr("x");
  const starts = [...path.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...starts.flat())).toBe(4);
});
