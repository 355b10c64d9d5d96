import {
  closeReasons,
  DarasaError,
  errorTable,
  type AckResult,
  type Command,
  type CommandType,
  type ErrorCode,
  type ErrorFrame,
} from "@darasa/protocol";
import { decodeCommand } from "@darasa/protocol/decode";
import type { Log } from "../log.ts";
import { Encoded, refuse, type Answer, type Later } from "../room/answer.ts";
import type { Session, Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";
import { authorize } from "./authorize.ts";
import { Floods } from "./floods.ts";
import type { Handlers } from "./handlers.ts";
import { UnderWay } from "./underWay.ts";

/** Takes the frames of sessions that have said hello. */
export interface Dispatcher {
  /** Begins one command; false when the frame was a protocol fault (SPEC E3). Never throws. */
  begin(session: Session, frame: string): boolean;
  /** Refuses from now on with `unavailable`; resolves when all that was begun is answered (SPEC C4). */
  end(): Promise<void>;
  readonly underWay: Pick<UnderWay, "commands" | "unackedMessages">;
}

/** Which bucket a command draws from, and after how many ms it has a token (0: it took one). */
export type TakeToken = (session: Session, type: CommandType) => number;

/** What the operator learns of every command. */
export interface CommandObserver {
  acked(type: CommandType, tookMs: number): void;
  refused(code: ErrorCode): void;
}

interface DispatcherParts {
  readonly handlers: Handlers;
  readonly takeToken: TakeToken;
  readonly observer: CommandObserver;
  readonly log: Log;
  /** Ms by a clock that nobody sets, as all that measures how long something takes. */
  readonly now: () => number;
}

/** Every command gets exactly one ack or error (SPEC D1); this is the gateway's only catch (SPEC E1). */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  return new CommandDispatcher(parts);
}

class CommandDispatcher implements Dispatcher {
  readonly underWay = new UnderWay();
  readonly #parts: DispatcherParts;
  readonly #floods = new Floods();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  begin(session: Session, frame: string): boolean {
    const decoded = decodeCommand(frame);
    if (decoded.ok) this.#answer(session, decoded.value);
    else this.#fail(session, decoded.id, { code: decoded.error });
    return decoded.ok || decoded.error !== "bad_frame";
  }

  end(): Promise<void> {
    return this.underWay.end();
  }

  /** What is known at once is answered at once: what comes most often costs no promise. */
  #answer(session: Session, command: Command): void {
    const refusal = this.#refusalOf(session, command);
    if (refusal !== null) {
      this.#fail(session, command.id ?? null, refusal);
      return;
    }
    const begunAtMs = this.#parts.now();
    const answered = attempt(this.#parts, session, command);
    const isInBatch = typeof answered === "function";
    const begun: Begun = { command, begunAtMs, isInBatch };
    if (isInBatch) this.#settleInBatch(session, begun, answered);
    else if (answered instanceof Promise) void this.#settleLater(session, begun, answered);
    else this.#settle(session, begun, answered);
  }

  /** Why the command is not even begun; null when it is. */
  #refusalOf(session: Session, { type }: Command): Refusal | null {
    const retryAfterMs = this.#parts.takeToken(session, type);
    if (retryAfterMs > 0) return { code: "rate_limited", retryAfterMs };
    return this.underWay.isEnding ? { code: "unavailable" } : null;
  }

  async #settleLater(session: Session, begun: Begun, later: Promise<AnyAnswer>): Promise<void> {
    const { type } = begun.command;
    this.underWay.begun(type);
    const answered = await later;
    this.underWay.answered(type, wasGivenUp(answered));
    this.#settle(session, begun, answered);
  }

  /** Its ack leaves together with what others are told in the same turn. */
  #settleInBatch(session: Session, begun: Begun, later: Later<AnyAnswer>): void {
    const { type } = begun.command;
    this.underWay.begun(type);
    later((answered) => {
      this.underWay.answered(type, wasGivenUp(answered));
      this.#settle(session, begun, answered);
    });
  }

  #settle(session: Session, begun: Begun, answered: AnyAnswer): void {
    const { command, begunAtMs, isInBatch } = begun;
    if (!answered.ok) {
      this.#fail(session, command.id ?? null, { code: answered.error });
      return;
    }
    if (command.id !== undefined) {
      const ack = encodeAck(command.id, answered.value);
      if (isInBatch) session.outbox.sendSoon(ack);
      else session.outbox.send(ack);
    }
    answered.after?.();
    this.#parts.observer.acked(command.type, this.#parts.now() - begunAtMs);
  }

  #fail(session: Session, id: string | null, refusal: Refusal): void {
    const { observer, now } = this.#parts;
    observer.refused(refusal.code);
    tell(session, errorFrame(id, refusal));
    if (refusal.code !== "rate_limited" || !this.#floods.isTooMany(session, now())) return;
    session.outbox.close(closeReasons.rate_limited);
  }
}

type AnyAnswer = Answer<AckResult<CommandType>>;

type Answering = AnyAnswer | Promise<AnyAnswer> | Later<AnyAnswer>;

/** The one who sent it may try again, and nothing was wrong with it. */
function wasGivenUp(answered: AnyAnswer): boolean {
  return !answered.ok && errorTable[answered.error].retryable;
}

function encodeAck(
  id: string,
  result: AckResult<CommandType> | Encoded<AckResult<CommandType>>,
): string {
  const json = result instanceof Encoded ? result.json : JSON.stringify(result);
  return `{"type":"ack","id":${JSON.stringify(id)},"result":${json}}`;
}

interface Begun {
  readonly command: Command;
  readonly begunAtMs: number;
  /** It is answered together with others. */
  readonly isInBatch: boolean;
}

/** Never throws, nor does it reject. */
function attempt(
  { handlers, log }: DispatcherParts,
  session: Session,
  command: Command,
): Answering {
  const refusal = (error: unknown): AnyAnswer => {
    if (error instanceof DarasaError) return refuse(error.code);
    log("error", "a command failed", { command: command.type, error });
    return refuse("internal");
  };
  try {
    const answered = handle(handlers, session, command);
    return answered instanceof Promise ? answered.catch(refusal) : answered;
  } catch (error) {
    return refusal(error);
  }
}

function handle(handlers: Handlers, session: Session, command: Command): Answering {
  if (command.type === "joinRoom") return handlers.joinRoom(session, command);
  const stay = session.stays.get(command.room);
  if (stay === undefined) return refuse("not_found");
  const allowed = authorize(stay, command);
  if (!allowed.ok) return allowed;
  // The table pairs each type with its own handler; TypeScript cannot follow that through an index.
  const handler = handlers[command.type] as (stay: Stay, command: Command) => Answering;
  return handler(stay, command);
}

interface Refusal {
  readonly code: ErrorCode;
  readonly retryAfterMs?: number;
}

function errorFrame(id: string | null, { code, retryAfterMs }: Refusal): ErrorFrame {
  return { type: "error", id, code, retryable: errorTable[code].retryable, retryAfterMs };
}
