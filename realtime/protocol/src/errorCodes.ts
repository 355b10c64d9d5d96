/** The one table of error codes, for HTTP (problem+json) and the gateway alike. Dependency-free. */
interface ErrorRow {
  readonly httpStatus: number;
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean;
  /** One plain sentence for the person; the client translates by code. */
  readonly message: string;
}

export const errorTable = {
  bad_frame: row(400, false, "That message could not be read."),
  bad_request: row(422, false, "Something in the request is missing or wrong."),
  unauthenticated: row(401, false, "Please sign in again."),
  wrong_credentials: row(401, false, "The e-mail or the password is not right."),
  second_factor_required: row(401, false, "Please enter the code of your second factor."),
  wrong_code: row(401, false, "That code is not right."),
  weak_password: row(422, false, "Please choose a longer or less common password."),
  email_unverified: row(403, false, "Please open the link that was sent to your e-mail address."),
  link_invalid: row(410, false, "This link was used already or is too old."),
  taken: row(409, false, "That is in use already."),
  limit_reached: row(409, false, "The school has reached its limit for this."),
  school_suspended: row(403, false, "This school is closed at the moment."),
  guests_forbidden: row(403, false, "This school does not let guests in."),
  pin_required: row(403, false, "Please enter the PIN of this class."),
  wrong_pin: row(403, false, "That PIN is not right."),
  waiting: row(409, true, "The teacher will let you in soon."),
  forbidden: row(403, false, "You may not do that here."),
  not_found: row(404, false, "That does not exist, or not for you."),
  method_not_allowed: row(405, false, "That cannot be done here."),
  conflict: row(409, false, "That does not fit the present state."),
  class_not_started: row(409, true, "The teacher has not started the class yet."),
  class_ended: row(410, false, "This class has ended."),
  removed: row(403, false, "The teacher removed you from this class."),
  chat_locked: row(403, false, "The teacher has locked the chat."),
  drawing_locked: row(403, false, "Only those whom the teacher allows may draw."),
  mesh_full: row(409, true, "Video is full. Board and chat work as usual."),
  video_not_set_up: row(409, false, "That kind of video is not set up here."),
  video_unavailable: row(503, true, "Video cannot be reached right now. Board and chat work."),
  recordings_forbidden: row(403, false, "This school does not let classes be recorded."),
  recording_unavailable: row(503, true, "This class cannot be recorded right now."),
  recordings_unreachable: row(
    503,
    true,
    "The recordings cannot be reached right now. None is lost.",
  ),
  too_large: row(413, false, "That is too large."),
  document_full: row(413, false, "This board is full. Delete something or start a new board."),
  bad_update: row(422, false, "That change to the board could not be read."),
  rate_limited: row(429, true, "Too fast. Please wait a moment."),
  busy: row(503, true, "The server is busy. Please try again."),
  unavailable: row(503, true, "This cannot be saved right now. Please try again in a moment."),
  internal: row(500, true, "Something went wrong on our side."),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

function row(httpStatus: number, retryable: boolean, message: string): ErrorRow {
  return { httpStatus, retryable, message };
}

/** An error that a person may see: a known code, with details for them and a cause for the operator. */
export class DarasaError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    options: { details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(errorTable[code].message, { cause: options.cause });
    this.name = "DarasaError";
    this.code = code;
    this.details = options.details;
  }
}

/** A refusal as a value: the hot path answers with it instead of throwing. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ErrorCode };
