import { limits } from "@darasa/protocol";

const pinPattern = /^[0-9]{4,8}$/;

/** What is wrong with what a guest filled in, by field; no field: nothing. */
export interface GuestFaults {
  readonly name?: "missing" | "tooLong";
  readonly pin?: "missing";
}

/** Looks at a form before it is sent. `pin` is undefined where none is asked for. */
export function checkGuest(name: string, pin: string | undefined): GuestFaults {
  const length = Array.from(name.trim()).length;
  const isPinWhole = pin === undefined || pinPattern.test(pin);
  return {
    ...(length === 0 ? ({ name: "missing" } as const) : {}),
    ...(length > limits.maxNameLength ? ({ name: "tooLong" } as const) : {}),
    ...(isPinWhole ? {} : ({ pin: "missing" } as const)),
  };
}

/** The digits of what somebody typed or pasted, at most eight. */
export function cleanPin(typed: string): string {
  return typed.replace(/[^0-9]/g, "").slice(0, 8);
}
