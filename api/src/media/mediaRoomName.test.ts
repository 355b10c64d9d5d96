import { expect, test } from "vitest";
import { mediaRoomName, readMediaRoomName, type MediaRoom } from "./mediaRoomName.ts";

const room = {
  schoolId: "0a000000-0000-4000-8000-000000000001",
  liveClassId: "0b000000-0000-4000-8000-000000000002",
} as MediaRoom;
const name = "0a0000000000400080000000000000010b000000000040008000000000000002";

test("a class's room is named by the school and the class, and read back", () => {
  expect(mediaRoomName(room)).toBe(name);
  expect(readMediaRoomName(name)).toEqual(room);
});

test.each(["", "*", name.slice(1), `${name}0`, name.toUpperCase(), `${name}\n`, "maths"])(
  "%j is no class's",
  (text) => {
    expect(readMediaRoomName(text)).toBeNull();
  },
);
