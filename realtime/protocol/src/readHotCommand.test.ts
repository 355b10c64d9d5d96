import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBySchema, decodeCommand } from "./decodeClientMessage.ts";
import { reactions } from "./ephemeral.ts";
import { readHotCommand } from "./readHotCommand.ts";

const room = "5f0e0c1a-7d6b-4a5e-9f3c-2b1a0d9e8f70";

/** Mostly what is right, now and then what is nearly so, and sometimes anything. */
function nearly<Value>(right: fc.Arbitrary<Value>, ...wrong: unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: right },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(undefined, null, "", 0, true, [], {}, ...wrong),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
}

const id = nearly(
  fc.option(fc.string({ minLength: 1, maxLength: 64 }), { nil: undefined }),
  "x".repeat(65),
);
const fraction = nearly(fc.double({ min: 0, max: 1, noNaN: true }), -0.1, 1.1, -0, "0.5");
const command = fc.record({
  type: nearly(
    fc.constantFrom("sendMessage", "joinRoom", "react", "setTyping", "point"),
    "leaveRoom",
    "constructor",
  ),
  id,
  room: nearly(fc.constant(room), room.toUpperCase(), `${room} `),
  body: nearly(fc.string({ unit: "grapheme", minLength: 1 }), " \n ", "é".repeat(4_097), "\ud800"),
  liveClass: nearly(fc.constantFrom(null, room), "", `${room} `),
  since: nearly(fc.option(fc.nat(), { nil: undefined }), -1, 0.5, "7", 2 ** 53),
  reaction: nearly(fc.constantFrom(...reactions), "frown", "toString"),
  typing: nearly(fc.boolean()),
  at: nearly(
    fc.option(
      fc.record({
        target: nearly(fc.constantFrom("board", "screen")),
        x: fraction,
        y: fraction,
        sharedBy: nearly(fc.constantFrom(undefined, room), `${room} `, "toString"),
        z: fc.anything(),
      }),
    ),
  ),
  more: fc.jsonValue(),
});

test("[D1][E2] what is read fast is read as by the schema, and nothing that the schema refuses", () => {
  let read = 0;
  fc.assert(
    fc.property(command, (fields) => {
      const frame = JSON.stringify(fields);
      const parsed: unknown = JSON.parse(frame);
      if (readHotCommand(parsed) !== null) read += 1;
      expect(decodeCommand(frame)).toEqual(decodeBySchema(parsed));
    }),
    { numRuns: 2_000 },
  );
  expect(read).toBeGreaterThan(200);
});

test.each([
  { type: "sendMessage", id: "1", room, body: "Is x = 4?" },
  { type: "joinRoom", id: "1", room, liveClass: null },
  { type: "joinRoom", id: "1", room, liveClass: room, since: 7 },
  { type: "react", room, reaction: "clap" },
  { type: "setTyping", id: "2", room, typing: false },
  { type: "point", room, at: { target: "board", x: 0, y: 1 } },
  { type: "point", room, at: { target: "screen", x: 0.5, y: 0, sharedBy: room } },
  { type: "point", id: "3", room, at: null },
])("a usual $type is read fast, all of it", (fields) => {
  expect(readHotCommand({ ...fields, unknown: 1 })).toEqual(fields);
});

test("what is read is a value of its own, without what it does not know", () => {
  const at = { target: "board", x: 0.5, y: 0.5, colour: "red" };
  expect(readHotCommand({ type: "point", room, at })).toEqual({
    type: "point",
    room,
    at: { target: "board", x: 0.5, y: 0.5 },
  });
});
