import type { Participant, ParticipantId } from "@darasa/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changePresence, handsInOrder, joinPresence, peopleInOrder } from "./reducePresence.ts";
import { makeId, makeParticipant } from "./test/roomFixtures.ts";

const person = (n: number, change: Partial<Participant> = {}) =>
  makeParticipant(makeId(n) as ParticipantId, { name: `Person ${n}`, ...change });
const names = (people: readonly Participant[]) => people.map(({ name }) => name);

describe("reducePresence", () => {
  test("[P2] a change replaces people whole, adds new ones and takes those who are gone", () => {
    const before = joinPresence([person(1), person(2)]);
    const after = changePresence(before, {
      present: [person(2, { handRaisedAtMs: 5 }), person(3)],
      gone: [person(1).participantId],
    });
    expect([...after.values()]).toEqual([person(2, { handRaisedAtMs: 5 }), person(3)]);
    expect(before.size).toBe(2);
  });

  test("somebody who left and came back within one change is present", () => {
    const { participantId } = person(1);
    const after = changePresence(joinPresence([person(1)]), {
      present: [person(1, { name: "Back" })],
      gone: [participantId],
    });
    expect(after.get(participantId)?.name).toBe("Back");
  });

  test("[P10] a reset begins the list anew", () => {
    const before = joinPresence([person(1), person(2)]);
    const after = changePresence(before, { present: [person(3)], gone: [], reset: true });
    expect([...after.values()]).toEqual([person(3)]);
  });

  test("[P3] hands stand in the order in which they were raised", () => {
    const presence = joinPresence([
      person(1, { handRaisedAtMs: 30 }),
      person(2),
      person(3, { handRaisedAtMs: 10 }),
      person(4, { handRaisedAtMs: 20 }),
    ]);
    expect(names(handsInOrder(presence))).toEqual(["Person 3", "Person 4", "Person 1"]);
  });

  test("teachers come first, then hands, then names as the language sorts them", () => {
    const presence = joinPresence([
      person(1, { name: "zawadi" }),
      person(2, { name: "Éva" }),
      person(3, { name: "Baraka", handRaisedAtMs: 20 }),
      person(4, { name: "Amina", role: "teacher" }),
      person(5, { name: "Daudi" }),
      person(6, { name: "Yusuf", handRaisedAtMs: 10 }),
    ]);
    expect(names(peopleInOrder(presence, "en"))).toEqual([
      "Amina",
      "Yusuf",
      "Baraka",
      "Daudi",
      "Éva",
      "zawadi",
    ]);
  });

  test("the order of people does not depend on the order of arrival", () => {
    const people = [
      person(1, { name: "Juma" }),
      person(2, { name: "Juma" }),
      person(3, { handRaisedAtMs: 10 }),
      person(4, { handRaisedAtMs: 10 }),
      person(5, { role: "teacher" }),
      person(6, { role: "teacher", handRaisedAtMs: 1 }),
    ];
    const expected = peopleInOrder(joinPresence(people), "sw");
    fc.assert(
      fc.property(fc.shuffledSubarray(people, { minLength: people.length }), (shuffled) => {
        expect(peopleInOrder(joinPresence(shuffled), "sw")).toEqual(expected);
      }),
    );
  });
});
