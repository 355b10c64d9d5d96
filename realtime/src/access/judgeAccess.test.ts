import type { LiveClassId } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { meshStage } from "../../test/support/meshStage.ts";
import { judgeAccess, type AccessFacts } from "./judgeAccess.ts";

const locked = { drawing: "teachers", chatLocked: true } as const;
const running = {
  liveClassId: "class" as LiveClassId,
  permissions: locked,
  stage: meshStage,
  firstSeq: 8,
} as const;
const admission = {
  name: "Neema",
  role: "student",
  drawAllowed: true,
  sources: null,
  isRemoved: false,
} as const;
const student: AccessFacts = {
  isGuest: false,
  roomKind: "class",
  headSeq: 12,
  signInEndsInMs: 60_000,
  mayNotTalk: false,
  user: { name: "Neema", role: "student" },
  memberRole: "student",
  named: "none",
  admission: null,
  running: null,
};
const guest: AccessFacts = {
  ...student,
  isGuest: true,
  user: null,
  memberRole: null,
  named: "live",
  admission: { ...admission, name: "Guest Halima", role: "guest" },
  running,
};

function judged(facts: AccessFacts) {
  const result = judgeAccess(facts);
  return result.ok ? result.value : result.error;
}

describe("[R2] who enters", () => {
  test("a member enters the room, which has no locks without a class", () => {
    expect(judged(student)).toMatchObject({
      role: "student",
      inClass: false,
      firstSeq: 1,
      headSeq: 12,
      permissions: { drawing: "everyone", chatLocked: false },
    });
  });

  test("a member who was let in enters the class, with what the teacher allowed", () => {
    const facts = { ...student, named: "live", admission, running } as const;
    expect(judged(facts)).toMatchObject({ inClass: true, drawAllowed: true, permissions: locked });
  });

  test("a member who only looks on has the locks of the class that runs", () => {
    expect(judged({ ...student, running })).toMatchObject({ inClass: false, permissions: locked });
  });

  test("a school's admin is a teacher everywhere in it", () => {
    const facts = {
      ...student,
      user: { name: "Grace", role: "school_admin" },
      memberRole: null,
    } as const;
    expect(judged(facts)).toMatchObject({ role: "teacher", name: "Grace" });
    expect(judged({ ...facts, roomKind: "group" })).toMatchObject({ role: "teacher" });
    // But for what two people say to each other, unless they are one of them.
    expect(judged({ ...facts, roomKind: "direct" })).toBe("not_found");
    const ownTalk = { ...facts, roomKind: "direct", memberRole: "student" } as const;
    expect(judged(ownTalk)).toMatchObject({ role: "student" });
  });

  test("[D4] a teacher who is one no more is a student of their class, and a group's teacher by its choice", () => {
    const facts = { ...student, memberRole: "teacher" } as const;
    expect(judged(facts)).toMatchObject({ role: "student" });
    expect(judged({ ...facts, roomKind: "group" })).toMatchObject({ role: "teacher" });
    const teacher = { name: "Amina", role: "teacher" } as const;
    expect(judged({ ...facts, user: teacher })).toMatchObject({ role: "teacher" });
  });

  test("[D4] who safeguards has no part in a room without being a member", () => {
    const user = { name: "Pendo", role: "safeguarding" } as const;
    expect(judged({ ...student, user, memberRole: null })).toBe("not_found");
    expect(judged({ ...student, user })).toMatchObject({ role: "student" });
  });

  test("a guest reads from the beginning of the class on", () => {
    expect(judged(guest)).toMatchObject({ role: "guest", name: "Guest Halima", firstSeq: 8 });
  });
});

describe("who does not", () => {
  test.each<[string, Partial<AccessFacts>, string]>([
    ["an account that is no member", { memberRole: null }, "not_found"],
    [
      "a teacher of the school who is no member",
      { user: { name: "x", role: "teacher" }, memberRole: null },
      "not_found",
    ],
    ["an account that was closed", { user: null }, "not_found"],
    ["[T6] by a sign-in that ended", { signInEndsInMs: null }, "unauthenticated"],
    ["[R8] a student to another, where the school forbids it", { mayNotTalk: true }, "forbidden"],
    ["into a class of another room", { named: "missing" }, "not_found"],
    ["into a class that has not begun", { named: "scheduled", admission }, "class_not_started"],
    ["into a class that is over", { named: "ended", admission }, "class_ended"],
    ["into a class without having been let in", { named: "live", running }, "not_found"],
    [
      "after the removal",
      { named: "live", running, admission: { ...admission, isRemoved: true } },
      "removed",
    ],
    [
      "after the removal, to look on",
      { running, admission: { ...admission, isRemoved: true } },
      "removed",
    ],
  ])("%s", (_, change, refusal) => {
    expect(judged({ ...student, ...change })).toBe(refusal);
  });

  test.each<[string, Partial<AccessFacts>, string]>([
    ["without naming the class", { named: "none" }, "not_found"],
    ["who is none of this class", { admission: null }, "not_found"],
    ["under an account's admission", { admission }, "not_found"],
    ["after the class", { named: "ended", running: null }, "class_ended"],
  ])("a guest %s", (_, change, refusal) => {
    expect(judged({ ...guest, ...change })).toBe(refusal);
  });
});
