import type { ParticipantId, Pulse } from "@darasa/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeId, makeParticipant } from "../room/test/roomFixtures.ts";
import {
  compareNeeds,
  countNeeds,
  peopleByNeed,
  silentMinutes,
  type PulsedPerson,
} from "./needsMe.ts";

const nowMs = 10_000_000;
const minuteMs = 60_000;

interface Look {
  readonly handMinutes?: number;
  readonly quality?: Pulse["quality"];
  readonly silentMinutes?: number;
  readonly role?: "teacher" | "student";
}

let lastId = 0;
function person(name: string, look: Look = {}): PulsedPerson {
  const participantId = makeId((lastId += 1)) as ParticipantId;
  const { handMinutes, quality = "good", silentMinutes: silent = 0, role = "student" } = look;
  const handRaisedAtMs = handMinutes === undefined ? null : nowMs - handMinutes * minuteMs;
  return {
    person: makeParticipant(participantId, { name, role, handRaisedAtMs }),
    pulse: {
      participantId,
      mode: "full",
      quality,
      roundTripMs: null,
      lossFraction: null,
      activeAtMs: nowMs - silent * minuteMs,
    },
  };
}

const names = (people: readonly PulsedPerson[]) => people.map(({ person: { name } }) => name);

describe("who needs the teacher", () => {
  test("hands come first, the oldest before the others, then lost lines, poor ones, and the silent", () => {
    const people = [
      person("Zuri"),
      person("Amina", { role: "teacher" }),
      person("Silent long", { silentMinutes: 25 }),
      person("Poor", { quality: "poor", silentMinutes: 40 }),
      person("Hand new", { handMinutes: 1 }),
      person("Silent", { silentMinutes: 11 }),
      person("Lost", { quality: "lost" }),
      person("Baraka", { silentMinutes: 9 }),
      person("Hand old", { handMinutes: 4, quality: "lost" }),
    ];
    expect(names(peopleByNeed(people, { nowMs, language: "en" }))).toEqual([
      "Hand old",
      "Hand new",
      "Lost",
      "Poor",
      "Silent long",
      "Silent",
      "Baraka",
      "Zuri",
      "Amina",
    ]);
  });

  test("who needs them for two reasons counts for both; teachers for none", () => {
    const people = [
      person("Neema", { handMinutes: 1, silentMinutes: 12 }),
      person("Juma", { quality: "poor" }),
      person("Amina", { role: "teacher", quality: "lost", silentMinutes: 30 }),
    ];
    expect(countNeeds(people, nowMs)).toEqual({ hand: 1, line: 1, silent: 1 });
  });

  test("who has not said anything of themselves yet is not called silent", () => {
    const unheard = { ...person("Neema"), pulse: undefined };
    expect(silentMinutes(unheard, nowMs)).toBeNull();
    expect(countNeeds([unheard], nowMs)).toEqual({ hand: 0, line: 0, silent: 0 });
    expect(silentMinutes(person("Juma", { silentMinutes: 12.9 }), nowMs)).toBe(12);
  });

  test("the order is one order, however the people came", () => {
    const somebody = fc
      .record({
        name: fc.constantFrom("Asha", "Baraka", "Chausiku"),
        handMinutes: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
        quality: fc.constantFrom("good", "poor", "lost"),
        silentMinutes: fc.integer({ min: 8, max: 13 }),
        role: fc.constantFrom("teacher", "student"),
      })
      .map(({ name, handMinutes, ...look }) =>
        person(name, handMinutes === undefined ? look : { ...look, handMinutes }),
      );
    const compare = compareNeeds(nowMs, new Intl.Collator("sw"));
    fc.assert(
      fc.property(fc.array(somebody, { minLength: 3, maxLength: 12 }), fc.nat(), (people, seed) => {
        const turned = [
          ...people.slice(seed % people.length),
          ...people.slice(0, seed % people.length),
        ];
        expect(names([...turned].sort(compare))).toEqual(names([...people].sort(compare)));
        for (const left of people)
          for (const right of people)
            expect(Math.sign(compare(left, right))).toBe(-Math.sign(compare(right, left)) || 0);
      }),
    );
  });
});
