import { describe, expect, it } from "vitest";
import { contrastWithWhite, readableColour } from "./readableColour.ts";

describe("readableColour", () => {
  it("leaves a dark colour as the school chose it", () => {
    expect(readableColour("#0b4b41")).toBe("#0b4b41");
  });

  it.each(["#ffffff", "#ffe600", "#00ff00", "#ff8800", "#0f766e"])(
    "makes of %s a ground for white words",
    (colour) => {
      const found = readableColour(colour) ?? "";
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
        parseInt(found.slice(at, at + 2), 16),
      );
      expect(contrastWithWhite([red, green, blue])).toBeGreaterThan(5.8);
    },
  );

  it.each(["", "teal", "#fff", "url(x)"])("takes %j for no colour", (colour) => {
    expect(readableColour(colour)).toBeUndefined();
  });
});
