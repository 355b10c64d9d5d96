import { describe, expect, test } from "vitest";
import { judgeKnock, maxWrongPins, type Door, type Knock } from "./judgeKnock.ts";

const open: Door = {
  status: "live",
  isSchoolSuspended: false,
  guestPolicy: "allowed",
  pin: null,
  wrongPins: 0,
  guestCount: 3,
  maxGuests: 10,
};
const byCode = (pin?: string): Knock => ({ by: "code", pin });
const byLink = (skipWaitingRoom: boolean): Knock => ({ by: "link", skipWaitingRoom });
const letIn = { ok: true, waits: false };
const waits = { ok: true, waits: true };
const refused = (error: string) => ({ ok: false, error });

describe("by the code", () => {
  test.each<[string, Partial<Door>, string | undefined, object]>([
    ["an open door lets in", {}, undefined, letIn],
    ["before the start too", { status: "scheduled" }, undefined, letIn],
    ["nobody after the end", { status: "ended" }, undefined, refused("class_ended")],
    ["a school with a waiting room holds", { guestPolicy: "waiting_room" }, undefined, waits],
    [
      "a school without guests refuses",
      { guestPolicy: "forbidden" },
      undefined,
      refused("guests_forbidden"),
    ],
    [
      "a closed school refuses",
      { isSchoolSuspended: true },
      undefined,
      refused("school_suspended"),
    ],
    ["a PIN is asked for", { pin: "4071" }, undefined, refused("pin_required")],
    ["a wrong one refuses", { pin: "4071" }, "4072", refused("wrong_pin")],
    ["one that is longer refuses", { pin: "4071" }, "40711", refused("wrong_pin")],
    ["the right one lets in", { pin: "4071" }, "4071", letIn],
    ["one that nobody asked for is no matter", {}, "4071", letIn],
    [
      "a PIN is no way around the waiting room",
      { pin: "4071", guestPolicy: "waiting_room" },
      "4071",
      waits,
    ],
    ["a full class refuses", { guestCount: 10 }, undefined, refused("limit_reached")],
    [
      "a full class says nothing of the PIN's worth",
      { guestCount: 10, pin: "4071" },
      "4072",
      refused("wrong_pin"),
    ],
  ])("%s", (_what, change, pin, verdict) => {
    expect(judgeKnock({ ...open, ...change }, byCode(pin))).toEqual(verdict);
  });

  test("after too many wrong PINs the right one is worth a place before the door, and a wrong one nothing", () => {
    const guessed = { ...open, pin: "4071", wrongPins: maxWrongPins };
    expect(judgeKnock({ ...guessed, wrongPins: maxWrongPins - 1 }, byCode("4071"))).toEqual(letIn);
    expect(judgeKnock(guessed, byCode("4071"))).toEqual(waits);
    expect(judgeKnock(guessed, byCode("4072"))).toEqual(refused("wrong_pin"));
    expect(judgeKnock({ ...guessed, pin: null }, byCode())).toEqual(letIn);
  });
});

describe("by a link", () => {
  test.each<[string, Partial<Door>, boolean, object]>([
    ["no PIN is asked", { pin: "4071" }, false, letIn],
    ["nobody who guesses PINs disturbs", { pin: "4071", wrongPins: 900 }, false, letIn],
    ["the waiting room holds", { guestPolicy: "waiting_room" }, false, waits],
    ["or not, where the teacher said so", { guestPolicy: "waiting_room" }, true, letIn],
    [
      "a school without guests refuses",
      { guestPolicy: "forbidden" },
      true,
      refused("guests_forbidden"),
    ],
    ["a full class refuses", { guestCount: 10 }, true, refused("limit_reached")],
    ["nobody after the end", { status: "ended" }, true, refused("class_ended")],
  ])("%s", (_what, change, skip, verdict) => {
    expect(judgeKnock({ ...open, ...change }, byLink(skip))).toEqual(verdict);
  });
});
