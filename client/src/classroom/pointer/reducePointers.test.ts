import type { Participant, ParticipantId, PointedAt } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { initialRoom, reduceRoom, type RoomState } from "../../room/reduceRoom.ts";
import { amina, makeId, makeJoinAck, makeParticipant, me } from "../../room/test/roomFixtures.ts";
import { ownMayPoint, shownPointers, takePointer, type HeldPointers } from "./reducePointers.ts";

const halima = makeId(3) as ParticipantId;
const none: HeldPointers = new Map();
const at = (change: Partial<PointedAt> = {}): PointedAt => ({
  target: "screen",
  x: 0.25,
  y: 0.75,
  ...change,
});
const told = (...events: readonly [ParticipantId, PointedAt | null][]): HeldPointers =>
  events.reduce(
    (pointers, [participantId, where]) => takePointer(pointers, { participantId, at: where }),
    none,
  );

function roomOf(
  people: readonly Participant[],
  change: Partial<Parameters<typeof makeJoinAck>[0] & { count: number }> = {},
): RoomState {
  const ack = makeJoinAck({
    role: "student",
    permissions: { drawing: "teachers", chatLocked: false },
    participants: [makeParticipant(me), ...people],
    count: people.length + 1,
    ...change,
  });
  return reduceRoom(initialRoom(me, "student"), { type: "joined", ack, since: null });
}
const teacher = makeParticipant(amina, { name: "Amina Juma", role: "teacher" });
const pupil = makeParticipant(halima, { name: "Halima Omari" });

describe("[P13] pointers as they are told", () => {
  test("the newest of a person counts, and null ends it", () => {
    const pointers = told([amina, at()], [halima, at()], [amina, at({ x: 1 })], [halima, null]);
    expect([...pointers].map(([id, where]) => [id, where.x])).toEqual([[amina, 1]]);
  });

  test("the end of what never was changes nothing", () => {
    expect(takePointer(none, { participantId: amina, at: null })).toBe(none);
  });
});

describe("[P13] who is shown on a screen", () => {
  test("who may draw, by name, at their place", () => {
    expect(shownPointers(told([amina, at()]), roomOf([teacher]), me)).toEqual([
      { participantId: amina, name: "Amina Juma", x: 0.25, y: 0.75 },
    ]);
  });

  test("nobody who has left or may not draw any more", () => {
    const pointers = told([halima, at()]);
    const whenAllowed = roomOf([{ ...pupil, drawAllowed: true }]);
    expect(shownPointers(pointers, whenAllowed, me)).toHaveLength(1);
    expect(shownPointers(pointers, roomOf([pupil]), me)).toEqual([]);
    expect(shownPointers(pointers, roomOf([]), me)).toEqual([]);
    const everyone = { drawing: "everyone", chatLocked: false } as const;
    expect(shownPointers(pointers, roomOf([pupil], { permissions: everyone }), me)).toHaveLength(1);
  });

  test("not oneself, who needs no telling, and nobody who points at the board", () => {
    const everyone = { drawing: "everyone", chatLocked: false } as const;
    const room = roomOf([teacher], { permissions: everyone });
    expect(shownPointers(told([me, at()], [amina, at({ target: "board" })]), room, me)).toEqual([]);
  });

  test("of two screens, only on the one that it is said of; where none is said, on any", () => {
    const room = roomOf([teacher]);
    const said = told([amina, at({ sharedBy: halima })]);
    expect(shownPointers(said, room, halima)).toHaveLength(1);
    expect(shownPointers(said, room, me)).toEqual([]);
    expect(shownPointers(told([amina, at()]), room, me)).toHaveLength(1);
  });

  test("in a hall only teachers", () => {
    const hall = roomOf([teacher, { ...pupil, drawAllowed: true }], { count: 400 });
    const shown = shownPointers(told([amina, at()], [halima, at()]), hall, me);
    expect(shown.map(({ participantId }) => participantId)).toEqual([amina]);
  });
});

describe("[P13] who may point themselves", () => {
  const allowed = { drawAllowed: true };
  test.each([
    ["a teacher", roomOf([], { role: "teacher" }), true],
    ["a teacher in a hall", roomOf([], { role: "teacher", count: 400 }), true],
    ["a student", roomOf([]), false],
    ["who may draw", roomOf([], { participants: [makeParticipant(me, allowed)] }), true],
    [
      "who may draw, in a hall",
      roomOf([], { participants: [makeParticipant(me, allowed)], count: 400 }),
      false,
    ],
  ])("%s", (_, room, may) => {
    expect(ownMayPoint(room)).toBe(may);
  });
});
