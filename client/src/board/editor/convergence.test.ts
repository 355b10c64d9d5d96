import type { TLRecord } from "tldraw";
import { applyUpdate, encodeStateAsUpdate } from "yjs";
import { expect, it } from "vitest";
import { emptyBoard, idOf, note, stroke } from "./test/boardFixtures.ts";
import { BoundEditor } from "./test/boundEditor.ts";

type Random = (below: number) => number;

function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
}

function editSomething({ store, clock }: BoundEditor, random: Random): void {
  const id = `s${String(random(8))}`;
  if (random(4) === 0) store.remove([idOf(id)]);
  else if (random(2) === 0) store.put([note(id, { x: random(500) })]);
  else
    store.put([
      stroke(
        id,
        [
          [0, 0],
          [random(9), random(9)],
        ],
        random(2) === 0,
      ),
    ]);
  clock.pass(random(60));
}

function exchange(from: BoundEditor, to: BoundEditor): void {
  if (from !== to) applyUpdate(to.roots.doc, encodeStateAsUpdate(from.roots.doc));
}

function settle(people: readonly BoundEditor[]): void {
  for (let round = 0; round < 3; round += 1) {
    for (const person of people) person.clock.pass(2_000);
    for (const from of people) for (const to of people) exchange(from, to);
  }
  for (const person of people) person.clock.pass(2_000);
}

function shapesOf({ store }: BoundEditor): TLRecord[] {
  return store
    .allRecords()
    .filter(({ typeName }) => typeName === "shape")
    .sort((a, b) => a.id.localeCompare(b.id));
}

it("editors converge, whatever the order in which edits and lost connections fall", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = createRandom(seed);
  const people = [0, 1, 2].map(() => new BoundEditor(emptyBoard()));
  for (let step = 0; step < 400; step += 1) {
    const [one, other] = [people[random(3)], people[random(3)]];
    if (one === undefined || other === undefined) continue;
    editSomething(one, random);
    if (random(5) === 0) exchange(one, other);
  }
  settle(people);
  const [first, ...others] = people.map(shapesOf);
  for (const other of others) expect(other, `seed ${String(seed)}`).toEqual(first);
  for (const person of people) person.binding.stop();
});
