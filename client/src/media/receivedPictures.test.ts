import { describe, expect, it } from "vitest";
import { receivedPictures, sendsPictures } from "./receivedPictures.ts";

describe("receivedPictures", () => {
  it("are all that is shown, of everybody, in full", () => {
    for (const isTeacher of [true, false])
      expect(receivedPictures("full", isTeacher)).toEqual({ camera: "shown", screen: "shown" });
  });

  it("are the teacher's and the screen, small, in lite", () => {
    expect(receivedPictures("lite", true)).toEqual({ camera: "small", screen: "small" });
    expect(receivedPictures("lite", false)).toEqual({ camera: "none", screen: "small" });
  });

  it.each(["audio", "text"] as const)("are none in %s, nor are one's own sent", (mode) => {
    expect(receivedPictures(mode, true)).toEqual({ camera: "none", screen: "none" });
    expect(sendsPictures(mode)).toBe(false);
  });
});
