import type { ErrorCode } from "@darasa/protocol";
import type { GuestPolicy } from "./invitation.ts";
import { isSamePin } from "./pin.ts";

/** The class and its school, as far as they decide about a guest. */
export interface Door {
  readonly status: "scheduled" | "live" | "ended";
  readonly isSchoolSuspended: boolean;
  readonly guestPolicy: GuestPolicy;
  readonly pin: string | null;
  /** Tried at this code with this PIN, by anybody. */
  readonly wrongPins: number;
  /** Those who wait included, those who were removed not. */
  readonly guestCount: number;
  readonly maxGuests: number;
}

/** With what somebody comes: the class code, with or without its PIN, or a link that a teacher gave them. */
export type Knock =
  | { readonly by: "code"; readonly pin: string | undefined }
  | { readonly by: "link"; readonly skipWaitingRoom: boolean };

/** What becomes of it. `waits`: signed in, and let in only by a teacher. */
export type Verdict =
  | { readonly ok: true; readonly waits: boolean }
  | { readonly ok: false; readonly error: ErrorCode };

/**
 * So many wrong PINs, one in two hundred of the shortest ones, are put down to slips. After them the right PIN
 * lets nobody in by itself: who knows it waits for a teacher. Whoever guesses from many addresses thereby wins
 * nothing but a place in front of the door, and can lock nobody out; a new code or PIN begins anew.
 */
export const maxWrongPins = 50;

/** True when the PIN alone opens nothing any more. */
export function isPinGuessed({ pin, wrongPins }: Pick<Door, "pin" | "wrongPins">): boolean {
  return pin !== null && wrongPins >= maxWrongPins;
}

/** Whether a new guest comes in, waits, or is refused. */
export function judgeKnock(door: Door, knock: Knock): Verdict {
  const error = refusal(door) ?? (knock.by === "code" ? pinRefusal(door, knock.pin) : null);
  if (error !== null) return { ok: false, error };
  if (door.guestCount >= door.maxGuests) return { ok: false, error: "limit_reached" };
  return { ok: true, waits: waits(door, knock) };
}

function refusal(door: Door): ErrorCode | null {
  if (door.isSchoolSuspended) return "school_suspended";
  if (door.status === "ended") return "class_ended";
  return door.guestPolicy === "forbidden" ? "guests_forbidden" : null;
}

function pinRefusal({ pin }: Door, given: string | undefined): ErrorCode | null {
  if (pin === null) return null;
  if (given === undefined) return "pin_required";
  return isSamePin(pin, given) ? null : "wrong_pin";
}

function waits(door: Door, knock: Knock): boolean {
  const isHeld = door.guestPolicy === "waiting_room";
  return knock.by === "link" ? isHeld && !knock.skipWaitingRoom : isHeld || isPinGuessed(door);
}
