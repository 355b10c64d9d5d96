import { errorTable, type ErrorCode } from "@darasa/protocol";

/** A refusal by the server, or that no answer came: `disconnected` and `timeout` leave open whether it was done. */
export type FailureCode = ErrorCode | "disconnected" | "timeout";

/** Why a command was not acked. */
export class CommandFailure extends Error {
  readonly code: FailureCode;
  /** True when the same command may succeed later without being changed. */
  readonly retryable: boolean;
  /** How long the server asks to wait before that, if it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: FailureCode, retryAfterMs?: number) {
    super(code);
    this.name = "CommandFailure";
    this.code = code;
    this.retryable = code === "disconnected" || code === "timeout" || errorTable[code].retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The code of anything thrown by a command; what is not a `CommandFailure` is `internal`. */
export function failureCode(thrown: unknown): FailureCode {
  return thrown instanceof CommandFailure ? thrown.code : "internal";
}
