import type { ParticipantId } from "@darasa/protocol";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PresenceNetwork, type PresenceNode } from "../../test/support/presenceNetwork.ts";
import { listedParticipants } from "../room/hall.ts";
import { endClass, sayPresence, setMedia, updateParticipant } from "../room/people.ts";
import type { Stay } from "../room/room.ts";

let clockMs = 0;
beforeEach(() => {
  clockMs = 1_000_000;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number): void {
  clockMs += ms;
  vi.advanceTimersByTime(ms);
}

function network(size: number): PresenceNetwork {
  return new PresenceNetwork(size, () => clockMs);
}

/** All that is told by now is heard, and then so long passes as it takes to find what was lost, and who is dead. */
function recover(nodes: PresenceNetwork): void {
  for (let beats = 0; beats < 5; beats += 1) {
    nodes.settle(() => pass(1_000));
    for (let watches = 0; watches < 4; watches += 1) {
      pass(2_000);
      for (const node of nodes.nodes) if (node.isAlive) node.nodes.watch();
    }
    for (const node of nodes.nodes) if (node.isAlive) node.nodes.beat();
  }
  nodes.settle(() => pass(1_000));
}

type Step = (nodes: PresenceNetwork) => void;

const node = fc.nat(2);
const name = fc.constantFrom("amina", "baraka");
const count = fc.constantFrom(1, 2, 3, 100);

function someStay(nodes: PresenceNetwork, at: number, which: number): Stay | undefined {
  const stays = [...(nodes.nodes[at]?.room.stays.values() ?? [])];
  // Of a crowd the first are chosen: what meets at several nodes is worth more than what does not.
  return stays[which % Math.min(stays.length, 6)];
}

/** Changes something of one session, and says so. */
function change(
  [at, which]: readonly [number, number],
  act: (stay: Stay, nodes: PresenceNetwork) => void,
): Step {
  return (nodes) => {
    const [here, stay] = [nodes.nodes[at], someStay(nodes, at, which)];
    if (here?.isAlive !== true || stay === undefined) return;
    act(stay, nodes);
    here.presence.changed(here.room, stay.session.identity.participantId);
  };
}

const one = fc.tuple(node, fc.nat(500));
const idOf = (stay: Stay): ParticipantId => stay.session.identity.participantId;

const join: fc.Arbitrary<Step> = fc
  .tuple(node, name, fc.constantFrom("student" as const, "teacher" as const))
  .map(
    ([at, who, role]) =>
      (nodes) =>
        nodes.join(at, who, role),
  );
const leaving: fc.Arbitrary<Step> = one.map(([at, which]) => (nodes) => {
  const stay = someStay(nodes, at, which);
  if (stay !== undefined) nodes.leave(at, stay);
});
const watch: fc.Arbitrary<Step> = node.map((at) => (nodes) => nodes.watch(at));
const hear: fc.Arbitrary<Step> = fc
  .tuple(node, node, count)
  .map((way) => (nodes) => nodes.deliver(...way));
const lose: fc.Arbitrary<Step> = fc
  .tuple(node, node, count)
  .map((way) => (nodes) => nodes.lose(...way));
const repeat: fc.Arbitrary<Step> = fc
  .tuple(node, node)
  .map((way) => (nodes) => nodes.repeat(...way));
const wait: fc.Arbitrary<Step> = fc.nat(1_500).map((ms) => () => pass(ms));
const beat: fc.Arbitrary<Step> = node.map((at) => (nodes) => nodes.nodes[at]?.nodes.beat());
const hand: fc.Arbitrary<Step> = fc
  .tuple(one, fc.option(fc.nat(1_000)))
  .map(([who, handRaisedAtMs]) =>
    change(who, (stay) => updateParticipant(stay.room, idOf(stay), { handRaisedAtMs })),
  );
const draw: fc.Arbitrary<Step> = fc
  .tuple(one, fc.boolean())
  .map(([who, drawAllowed]) =>
    change(who, (stay) => updateParticipant(stay.room, idOf(stay), { drawAllowed })),
  );
const film: fc.Arbitrary<Step> = fc.tuple(one, fc.boolean()).map(([who, camera]) =>
  change(who, (stay) => {
    const person = stay.room.people.get(idOf(stay));
    const media = { microphone: false, camera, screen: false };
    if (person !== undefined) setMedia(stay.room, person, { mediaOf: stay, media });
  }),
);
const look: fc.Arbitrary<Step> = fc
  .tuple(one, fc.constantFrom("room" as const, "board" as const), fc.boolean())
  .map(([who, context, idle]) => change(who, (stay) => sayPresence(stay, { context, idle })));
const crowd = fc.tuple(node, fc.integer({ min: 30, max: 160 }));
const crowdComes: fc.Arbitrary<Step> = crowd.map(([at, size]) => (nodes) => {
  const from = nodes.nodes[at]?.room.stays.size ?? 0;
  for (let each = 0; each < size; each += 1) {
    nodes.join(at, `crowd ${String(at)} ${String(from + each)}`);
  }
});
const crowdGoes: fc.Arbitrary<Step> = crowd.map(([at, size]) => (nodes) => {
  const stays = [...(nodes.nodes[at]?.room.stays.values() ?? [])];
  for (const stay of stays.slice(0, size)) nodes.leave(at, stay);
});
const classEnds: fc.Arbitrary<Step> = node.map((at) => (nodes) => {
  const here = nodes.nodes[at];
  if (here?.isAlive !== true) return;
  const ids = [...here.room.people.keys()];
  endClass(here.room);
  for (const id of ids) here.presence.changed(here.room, id);
});

/** What happens more often stands more often. */
const steps = fc.oneof(
  ...[join, join, join, leaving, hand, hand, draw, film, look, look, classEnds],
  ...[watch, watch, hear, hear, hear, hear, wait, wait, wait, lose, repeat, beat],
  ...[crowdComes, crowdComes, crowdGoes],
);
const script = fc.array(steps, { minLength: 1, maxLength: 70, size: "max" });
const sized = fc.tuple(fc.constantFrom(1, 2, 3, 3), script, fc.boolean());

const byId = (one: { participantId: string }, other: { participantId: string }) =>
  one.participantId < other.participantId ? -1 : 1;

describe("[P2][P10][P14] whatever comes, goes and changes at one to three nodes, and whatever of it is lost", () => {
  test("who joined at any moment has the present list in the end, and all nodes have the same people", () => {
    fc.assert(
      fc.property(sized, ([size, happenings, isOneKilled]) => {
        const nodes = network(size);
        for (const step of happenings) step(nodes);
        if (isOneKilled && size > 1) nodes.kill(size - 1);
        recover(nodes);
        const alive = nodes.nodes.filter(({ isAlive }) => isAlive);
        const connected = alive.flatMap(({ room }) => [...room.stays.values()].map(idOf));
        const [first] = alive.map(({ room }) =>
          [...room.people.values()].map((person) => person.participant).sort(byId),
        );
        expect(first?.map((each) => each.participantId)).toEqual([...new Set(connected)].sort());
        for (const { room, watchers } of alive) {
          const here = [...room.people.values()].map((person) => person.participant).sort(byId);
          expect(here).toEqual(first);
          for (const { list, count: told } of watchers) {
            expect([...list.values()].sort(byId)).toEqual(listedParticipants(room).sort(byId));
            expect(told).toBe(room.people.size);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

test("[P14] a slice whose last piece was lost is told again, though what changed since was heard", () => {
  const nodes = network(2);
  const [here, there] = nodes.nodes as [PresenceNode, PresenceNode];
  nodes.settle(() => pass(10));
  for (let each = 0; each < 300; each += 1) nodes.join(1, `crowd ${String(each)}`);
  pass(10);
  nodes.lose(1, 0, Infinity);
  there.nodes.beat();
  nodes.deliver(1, 0, Infinity);
  pass(10);
  nodes.deliver(0, 1, Infinity);
  pass(10);
  // Of two pieces the first comes, then the way is cut for a while, and then there is a change that fits.
  nodes.deliver(1, 0, 1);
  nodes.lose(1, 0, Infinity);
  nodes.join(1, "late");
  pass(10);
  nodes.deliver(1, 0, Infinity);
  expect(here.room.people.size).toBe(251);
  pass(6_000);
  there.nodes.beat();
  nodes.settle(() => pass(10));
  expect(here.room.people.size).toBe(301);
});
