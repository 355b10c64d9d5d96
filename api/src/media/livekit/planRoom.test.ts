import type { TrackKind } from "@darasa/protocol";
import { expect, test } from "vitest";
import type { LiveKitPerson } from "./liveKitRooms.ts";
import { planMute, planRoom, type Seat } from "./planRoom.ts";

const both: readonly TrackKind[] = ["microphone", "camera"];

function person(identity: string, change: Partial<LiveKitPerson> = {}): LiveKitPerson {
  return { identity, sid: `PA_${identity}`, joinedAtMs: 1, sources: both, tracks: [], ...change };
}

const seats = new Map<string, Seat>([
  ["neema", { role: "student", sources: both }],
  ["baraka", { role: "student", sources: both }],
  ["teacher", { role: "teacher", sources: [...both, "screen"] }],
]);

test("who has no seat is put out, and nobody else", () => {
  const plan = planRoom([person("neema"), person("stranger")], seats);
  expect(plan.putOut).toEqual(["stranger"]);
  expect(plan.present.map(({ identity }) => identity)).toEqual(["neema"]);
});

test("who may send as the database says is left alone, in whatever order that is told", () => {
  const people = [person("neema", { sources: ["camera", "microphone"] })];
  expect(planRoom(people, seats).permit).toEqual([]);
});

test.each<readonly [string, LiveKitPerson["sources"]]>([
  ["less than the database says", ["microphone"]],
  ["more", [...both, "screen"]],
  ["something else", ["microphone", "screen"]],
  ["nothing", []],
  ["what no token of ours allows", null],
])("who may send %s is told what they may", (_what, sources) => {
  expect(planRoom([person("neema", { sources })], seats).permit).toEqual([
    { identity: "neema", sources: both },
  ]);
});

const microphone = { sid: "TR_m", kind: "microphone", isMuted: false } as const;
const camera = { sid: "TR_c", kind: "camera", isMuted: false } as const;

test("to mute one touches that track of that person", () => {
  const people = [
    person("neema", { tracks: [microphone, camera] }),
    person("baraka", { tracks: [microphone] }),
  ];
  expect(planMute(people, seats, { participantId: "neema", track: "microphone" })).toEqual([
    { identity: "neema", trackSid: "TR_m" },
  ]);
});

test("to mute all leaves teachers alone, and what is silent already", () => {
  const people = [
    person("neema", { tracks: [{ ...microphone, isMuted: true }] }),
    person("baraka", { tracks: [microphone] }),
    person("teacher", { tracks: [microphone] }),
  ];
  expect(planMute(people, seats, { participantId: null, track: "microphone" })).toEqual([
    { identity: "baraka", trackSid: "TR_m" },
  ]);
});
