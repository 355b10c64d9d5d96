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
import { refuse, type Answer } from "../room/answer.ts";
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
  readonly now: () => number;
}

/** Every command gets exactly one ack or error (SPEC D1); this is the gateway's only catch (SPEC E1). */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { takeToken, observer, now } = parts;
  const floods = new Floods();
  const underWay = new UnderWay();

  function fail(session: Session, id: string | null, refusal: Refusal): void {
    observer.refused(refusal.code);
    tell(session, errorFrame(id, refusal));
    if (refusal.code !== "rate_limited" || !floods.isTooMany(session, now())) return;
    session.outbox.close(closeReasons.rate_limited);
  }

  async function answer(session: Session, command: Command): Promise<void> {
    const begunAtMs = now();
    underWay.begun(command.type);
    const answered = await attempt(parts, session, command);
    underWay.answered(command.type, !answered.ok && errorTable[answered.error].retryable);
    if (!answered.ok) {
      fail(session, command.id ?? null, { code: answered.error });
      return;
    }
    if (command.id !== undefined) {
      tell(session, { type: "ack", id: command.id, result: answered.value });
    }
    answered.after?.();
    observer.acked(command.type, now() - begunAtMs);
  }

  return {
    begin(session, frame) {
      const decoded = decodeCommand(frame);
      if (!decoded.ok) {
        fail(session, decoded.id, { code: decoded.error });
        return decoded.error !== "bad_frame";
      }
      const command = decoded.value;
      const retryAfterMs = takeToken(session, command.type);
      if (retryAfterMs > 0)
        fail(session, command.id ?? null, { code: "rate_limited", retryAfterMs });
      else if (underWay.isEnding) fail(session, command.id ?? null, { code: "unavailable" });
      else void answer(session, command);
      return true;
    },
    end: () => underWay.end(),
    underWay,
  };
}

type AnyAnswer = Answer<AckResult<CommandType>>;

async function attempt(
  { handlers, log }: DispatcherParts,
  session: Session,
  command: Command,
): Promise<AnyAnswer> {
  try {
    return await handle(handlers, session, command);
  } catch (error) {
    if (error instanceof DarasaError) return refuse(error.code);
    log("error", "a command failed", { command: command.type, error });
    return refuse("internal");
  }
}

function handle(
  handlers: Handlers,
  session: Session,
  command: Command,
): AnyAnswer | Promise<AnyAnswer> {
  if (command.type === "joinRoom") return handlers.joinRoom(session, command);
  const stay = session.stays.get(command.room);
  if (stay === undefined) return refuse("not_found");
  const allowed = authorize(stay, command);
  if (!allowed.ok) return allowed;
  // The table pairs each type with its own handler; TypeScript cannot follow that through an index.
  const handler = handlers[command.type] as (stay: Stay, command: Command) => AnyAnswer;
  return handler(stay, command);
}

interface Refusal {
  readonly code: ErrorCode;
  readonly retryAfterMs?: number;
}

function errorFrame(id: string | null, { code, retryAfterMs }: Refusal): ErrorFrame {
  return { type: "error", id, code, retryable: errorTable[code].retryable, retryAfterMs };
}
