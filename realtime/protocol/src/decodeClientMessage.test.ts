import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCommand, decodeHello } from "./decodeClientMessage.ts";
import { limits } from "./limits.ts";
import { utf8Bytes } from "./utf8.ts";

const room = "5f0e0c1a-7d6b-4a5e-9f3c-2b1a0d9e8f70";
const message = (body: string) => JSON.stringify({ type: "sendMessage", id: "c1", room, body });

describe("decodeCommand", () => {
  test("[D1] reads a command and leaves out fields that it does not know", () => {
    const decoded = decodeCommand(
      JSON.stringify({ type: "sendMessage", id: "c1", room, body: "hi", colour: "red" }),
    );
    expect(decoded).toEqual({
      ok: true,
      value: { type: "sendMessage", id: "c1", room, body: "hi" },
    });
  });

  test.each([
    ["nothing", ""],
    ["null", "null"],
    ["an array", "[]"],
    ["a number", "1e999"],
    ["an unknown type", JSON.stringify({ type: "grantMeEverything", id: "c1", room })],
    ["a type that is no string", JSON.stringify({ type: 1, id: "c1", room })],
    ["a type from Object.prototype", JSON.stringify({ type: "constructor", id: "c1", room })],
    ["an upper-case id", JSON.stringify({ type: "leaveRoom", id: "c1", room: room.toUpperCase() })],
    ["deep nesting", "[".repeat(200) + "]".repeat(200)],
    ["an empty body", message("  \n ")],
    [
      "a fraction as since",
      JSON.stringify({ type: "joinRoom", id: "c", room, liveClass: null, since: 0.5 }),
    ],
    [
      "a negative since",
      JSON.stringify({ type: "joinRoom", id: "c", room, liveClass: null, since: -1 }),
    ],
  ])("[E2] refuses %s", (_, frame) => {
    expect(decodeCommand(frame)).toMatchObject({ ok: false, error: "bad_frame" });
  });

  test("[E2] a refusal names the command when its id can be read", () => {
    expect(decodeCommand(JSON.stringify({ type: "sendMessage", id: "c7", room: 1 }))).toEqual({
      ok: false,
      error: "bad_frame",
      id: "c7",
    });
    expect(
      decodeCommand(JSON.stringify({ type: "sendMessage", id: "x".repeat(65), room })),
    ).toEqual({
      ok: false,
      error: "bad_frame",
      id: null,
    });
  });

  test.each([
    ["one-byte characters", "a", limits.maxMessageBytes],
    ["four-byte characters", "🙂", limits.maxMessageBytes / 4],
  ])(
    "[M3] takes a body of the maximum size and not one character more, in %s",
    (_, letter, count) => {
      expect(decodeCommand(message(letter.repeat(count)))).toMatchObject({ ok: true });
      expect(decodeCommand(message(letter.repeat(count) + "a"))).toEqual({
        ok: false,
        error: "too_large",
        id: "c1",
      });
    },
  );

  test("[E2] never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (frame) => {
        expect(typeof decodeCommand(frame).ok).toBe("boolean");
        expect(typeof decodeHello(frame).ok).toBe("boolean");
      }),
    );
  });
});

describe("utf8Bytes", () => {
  test("counts what percent-encoding, which is UTF-8 by definition, needs", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(utf8Bytes(text)).toBe(encodeURIComponent(text).replaceAll(/%../g, "x").length);
      }),
    );
  });

  test("counts a lone surrogate as the replacement character that takes its place", () => {
    expect(utf8Bytes("\ud800")).toBe(3);
  });
});
