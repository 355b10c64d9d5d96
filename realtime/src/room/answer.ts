import type { ErrorCode } from "@darasa/protocol";

/** A `Value` as JSON, made of parts that were encoded before. */
export class Encoded<Value> {
  readonly json: string;
  /** Of the value it is only known that it is one. */
  declare readonly ofType?: Value;

  constructor(json: string) {
    this.json = json;
  }
}

/** What a command comes to: its ack's result and what follows the ack, or the refusal. */
export type Answer<Value> =
  | {
      readonly ok: true;
      readonly value: Value | Encoded<Value>;
      /** Called right after the ack was sent: for what must not overtake it. */
      readonly after?: () => void;
    }
  | { readonly ok: false; readonly error: ErrorCode };

/**
 * An answer that comes later and costs no promise: for the command that is stored, many at a time. Called once; it
 * never throws, and calls back once.
 */
export type Later<Value> = (settle: (value: Value) => void) => void;

/** The answer of a command whose ack carries nothing. */
export const done: Answer<Readonly<Record<string, never>>> = { ok: true, value: {} };

/** A refusal. */
export function refuse(error: ErrorCode): { readonly ok: false; readonly error: ErrorCode } {
  return { ok: false, error };
}
