import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairPlaces, type PlaceOwner, type PlacePlan } from "./fairPlaces.ts";

/** Work under way or waiting, that a test ends when it likes. */
interface Guest {
  readonly owner: PlaceOwner;
  readonly number: number;
  readonly outcome: Promise<string>;
  hasBegun: boolean;
  finish(): void;
  abort(): void;
}

/** All microtasks that are due. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A place with doors that remember who came in, in which order. */
function openHouse(plan: PlacePlan) {
  const places = new FairPlaces(plan);
  const guests: Guest[] = [];
  const begun: Guest[] = [];
  const come = (owner: PlaceOwner): Guest => {
    const abort = new AbortController();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const work = async () => {
      guest.hasBegun = true;
      begun.push(guest);
      await finished;
      return "done";
    };
    const outcome = Promise.resolve().then(() => places.within(owner, work, abort.signal));
    const guest: Guest = {
      owner,
      number: guests.length,
      outcome: outcome.catch((error: unknown) => String(error)),
      hasBegun: false,
      finish: () => finish(),
      abort: () => abort.abort(new Error("gave up")),
    };
    guests.push(guest);
    return guest;
  };
  return { places, guests, begun, come };
}

const owners = ["amber", "birch", "cedar", null] as const;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ come: fc.constantFrom(...owners) }) },
  { weight: 3, arbitrary: fc.record({ finish: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ abort: fc.nat() }) },
);
const anyPlan = fc.integer({ min: 1, max: 6 }).chain((places) =>
  fc.record({
    places: fc.constant(places),
    placesPerSchool: fc.integer({ min: 1, max: places }),
    maxWaitingPerSchool: fc.integer({ min: 1, max: 5 }),
  }),
);

/** Plays the steps; `check` is asked after each. */
async function play(
  plan: PlacePlan,
  steps: readonly ({ come: PlaceOwner } | { finish: number } | { abort: number })[],
  check: (state: {
    inside: Guest[];
    waiting: Guest[];
    house: ReturnType<typeof openHouse>;
  }) => void,
): Promise<void> {
  const house = openHouse(plan);
  let inside: Guest[] = [];
  let waiting: Guest[] = [];
  for (const each of steps) {
    if ("come" in each) waiting.push(house.come(each.come));
    else if ("finish" in each) {
      const [guest] = inside.splice(each.finish % Math.max(1, inside.length), 1);
      guest?.finish();
    } else {
      const [guest] = waiting.splice(each.abort % Math.max(1, waiting.length), 1);
      guest?.abort();
    }
    await settle();
    inside.push(...waiting.filter(({ hasBegun }) => hasBegun));
    const refused = new Set<Guest>();
    for (const guest of waiting) {
      const outcome = await Promise.race([guest.outcome, Promise.resolve("under way")]);
      if (outcome !== "under way") refused.add(guest);
    }
    waiting = waiting.filter((guest) => !guest.hasBegun && !refused.has(guest));
    check({ inside, waiting, house });
  }
  for (const guest of house.guests) guest.finish();
  await Promise.all(house.guests.map(({ outcome }) => outcome));
  inside = [];
  expect(house.places).toMatchObject({ taken: 0, waiting: 0 });
}

const countOf = (guests: readonly Guest[], owner: PlaceOwner) =>
  guests.filter((guest) => guest.owner === owner).length;

describe("FairPlaces", () => {
  it("[P8] never gives more than there are, nor a school more than its share; none is left empty that somebody may have", async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, fc.array(step, { maxLength: 60 }), (plan, steps) =>
        play(plan, steps, ({ inside, waiting, house }) => {
          expect(house.places).toMatchObject({ taken: inside.length, waiting: waiting.length });
          expect(inside.length).toBeLessThanOrEqual(plan.places);
          for (const owner of owners) {
            const held = countOf(inside, owner);
            expect(held).toBeLessThanOrEqual(plan.placesPerSchool);
            expect(countOf(waiting, owner)).toBeLessThanOrEqual(plan.maxWaitingPerSchool);
            if (countOf(waiting, owner) === 0) continue;
            expect(inside.length === plan.places || held === plan.placesPerSchool).toBe(true);
          }
        }),
      ),
      { numRuns: 150 },
    );
  });

  it("[P8] lets who came first in a school in first", async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, fc.array(step, { maxLength: 60 }), (plan, steps) =>
        play(plan, steps, ({ house }) => {
          for (const owner of owners) {
            const numbers = house.begun.filter((g) => g.owner === owner).map((g) => g.number);
            expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
          }
        }),
      ),
      { numRuns: 100 },
    );
  });

  it("[P8] gives schools their turns, one after the other, however many of one wait", async () => {
    const { begun, come } = openHouse({ places: 2, placesPerSchool: 1, maxWaitingPerSchool: 100 });
    const flood = Array.from({ length: 50 }, () => come("amber"));
    await settle();
    // Amber has its share, and no more: the other place is there for whoever comes.
    expect(begun).toHaveLength(1);
    for (const owner of ["birch", "cedar", "birch", "cedar"]) come(owner);
    await settle();
    for (let turn = 0; turn < 9; turn += 1) {
      begun.at(-1)?.finish();
      await settle();
    }
    expect(begun.slice(0, 5).map(({ owner }) => owner)).toEqual([
      "amber",
      "birch",
      "cedar",
      "birch",
      "cedar",
    ]);
    for (const guest of flood) guest.finish();
    await Promise.all(flood.map(({ outcome }) => outcome));
  });

  it("refuses at once who would wait behind too many of the same school, and nobody else", async () => {
    const plan = { places: 2, placesPerSchool: 1, maxWaitingPerSchool: 3 };
    const { begun, come } = openHouse(plan);
    const flood = Array.from({ length: 5 }, () => come("amber"));
    await expect(flood[4]?.outcome).resolves.toMatch("cannot be saved right now");
    const other = come("birch");
    await settle();
    expect(begun).toContain(other);
    for (const guest of [...flood, other]) guest.finish();
    await Promise.all([...flood, other].map(({ outcome }) => outcome));
  });

  it("does not begin the work of who has given up", async () => {
    const { begun, come } = openHouse({ places: 1, placesPerSchool: 1, maxWaitingPerSchool: 3 });
    const [first, second, third] = [come("amber"), come("amber"), come("amber")];
    await settle();
    second.abort();
    await expect(second.outcome).resolves.toMatch("gave up");
    first.finish();
    third.finish();
    await expect(third.outcome).resolves.toBe("done");
    expect(begun).toEqual([first, third]);
  });
});
