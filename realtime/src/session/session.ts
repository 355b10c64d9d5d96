import {
  closeReasons,
  errorTable,
  limits,
  utf8Bytes,
  type CloseReason,
  type ErrorCode,
  type GatewayTicketClaims,
  type Result,
  type ResumeTicketClaims,
  type SessionId,
} from "@darasa/protocol";
import { decodeHello } from "@darasa/protocol/decode";
import type { Frame, Subscriber } from "../publish/publisher.ts";
import { FewStays } from "../room/fewStays.ts";
import type { Identity, Session } from "../room/room.ts";
import { tell } from "../room/tell.ts";
import type { Deadlines } from "./deadlines.ts";
import { FaultCounter } from "./faultCounter.ts";
import type { RedeemTicket } from "./redeemTicket.ts";
import type { ResumeRenewal, SignResumeTicket } from "./resumeTicket.ts";
import type { SessionRegistry } from "./sessionRegistry.ts";

/** What a session needs of its connection. */
export interface SessionConnection extends Subscriber {
  /** The peer has proved who it is. */
  admitted(): void;
}

/** What sessions are made of. */
export interface SessionParts {
  readonly redeemTicket: RedeemTicket;
  readonly registry: SessionRegistry;
  /** Begins a command; false when the frame was a protocol fault. */
  readonly begin: (session: Session, frame: string) => boolean;
  /** Somebody has come whose sign-in nobody has looked at yet (SPEC T6). */
  readonly came: (session: Session) => void;
  /** The session's connection is gone: it leaves everything. */
  readonly left: (session: Session) => void;
  /** What `welcome` brings for the next connection (SPEC T7). */
  readonly signResumeTicket: SignResumeTicket;
  readonly renewal: ResumeRenewal;
  readonly now: () => number;
  readonly newId: () => string;
  /** Who has not said hello yet: when it is too late, `isLate` is called. */
  readonly hellos: Deadlines<SessionListener>;
}

interface AwaitingHello {
  readonly phase: "awaitingHello";
  /** What came behind a hello whose ticket is still being checked; null before the hello. */
  waiting: string[] | null;
}

interface Joined {
  readonly phase: "joined";
  readonly session: Session;
  /** Made at the first fault: hardly anybody has one. */
  faults: FaultCounter | null;
}

interface Leaving {
  readonly phase: "leaving";
}

type SessionState = AwaitingHello | Joined | Leaving;

/** What became of a hello. */
type Redeemed = Result<GatewayTicketClaims | ResumeTicketClaims>;

/** A client may send its first commands without waiting for the welcome: so many of them. */
const maxWaitingFrames = 8;

const tooLarge = errorFrame("too_large");
const badFrame = errorFrame("bad_frame");

/** The error that answers what could not be read and has no id (SPEC E2, F3). */
export function errorFrame(code: "too_large" | "bad_frame"): string {
  return JSON.stringify({ type: "error", id: null, code, retryable: errorTable[code].retryable });
}

/** No character takes more than three bytes: most are not counted one by one. */
function isLongerThan(text: string, maxBytes: number): boolean {
  return text.length * 3 > maxBytes && utf8Bytes(text) > maxBytes;
}

/** Every refusal looks the same, but when nobody could say whether it is one (SPEC T4, T7). */
function refusalOf(error: ErrorCode): CloseReason {
  if (error === "unavailable") return closeReasons.unavailable;
  return error === "internal" ? closeReasons.internal : closeReasons.unauthenticated;
}

/** One connection at `/ws`, from its hello to its end. */
export class SessionListener {
  readonly #connection: SessionConnection;
  readonly #parts: SessionParts;
  #state: SessionState;

  constructor(connection: SessionConnection, parts: SessionParts) {
    this.#connection = connection;
    this.#parts = parts;
    this.#state = { phase: "awaitingHello", waiting: null };
    parts.hellos.begin(this);
  }

  /** The time for the hello is over. */
  isLate(): void {
    this.#connection.close(closeReasons.hello_timeout);
  }

  received(frame: Frame): void {
    const state = this.#state;
    switch (state.phase) {
      case "awaitingHello":
        this.#receiveHello(state, frame);
        break;
      case "joined":
        this.#receiveCommand(state, frame);
        break;
      case "leaving":
        break;
    }
  }

  closed(): void {
    const state = this.#state;
    this.#state = { phase: "leaving" };
    if (state.phase === "awaitingHello") this.#parts.hellos.end(this);
    if (state.phase !== "joined") return;
    state.session.isOpen = false;
    this.#parts.registry.remove(state.session);
    this.#parts.renewal.forget(state.session);
    this.#parts.left(state.session);
  }

  #receiveHello(state: AwaitingHello, frame: Frame): void {
    if (typeof frame !== "string") {
      this.#connection.close(closeReasons.unauthenticated);
    } else if (isLongerThan(frame, limits.maxHelloBytes)) {
      this.#connection.send(tooLarge);
      this.#connection.close(closeReasons.frame_too_large);
    } else if (state.waiting !== null) {
      state.waiting.push(frame);
      if (state.waiting.length > maxWaitingFrames) {
        this.#connection.close(closeReasons.rate_limited);
      }
    } else {
      state.waiting = [];
      this.#redeem(state, frame);
    }
  }

  #redeem(state: AwaitingHello, frame: string): void {
    const hello = decodeHello(frame);
    const redeemed = hello.ok ? this.#parts.redeemTicket(hello.value.ticket, "gateway") : hello;
    if (redeemed instanceof Promise) void redeemed.then((later) => this.#join(state, later));
    else this.#join(state, redeemed);
  }

  /** Lets in whose ticket was taken, and begins what waited behind the hello. */
  #join(state: AwaitingHello, redeemed: Redeemed): void {
    if (this.#state !== state) return;
    if (!redeemed.ok) {
      this.#connection.close(refusalOf(redeemed.error));
      return;
    }
    this.#parts.hellos.end(this);
    const { sub, school, name, signIn, guestOf } = redeemed.value;
    const session = this.#begin({
      schoolId: school,
      participantId: sub,
      name,
      signInId: signIn,
      guestOf: guestOf ?? null,
    });
    tell(session, {
      type: "welcome",
      sessionId: session.sessionId,
      participantId: sub,
      name,
      serverTimeMs: this.#parts.now(),
      resume: this.#parts.signResumeTicket(session.identity),
    });
    this.#parts.renewal.given(session);
    for (const waiting of state.waiting ?? []) this.received(waiting);
  }

  #begin(identity: Identity): Session {
    const session: Session = {
      sessionId: this.#parts.newId() as SessionId,
      identity,
      outbox: this.#connection,
      stays: new FewStays(),
      signInDueMs: 0,
      isOpen: true,
    };
    this.#state = { phase: "joined", session, faults: null };
    this.#connection.admitted();
    this.#parts.registry.add(session);
    this.#parts.came(session);
    return session;
  }

  #receiveCommand(state: Joined, frame: Frame): void {
    const isText = typeof frame === "string";
    if (!isText) this.#connection.send(badFrame);
    if (isText && this.#parts.begin(state.session, frame)) return;
    state.faults ??= new FaultCounter();
    if (state.faults.isTooMany(this.#parts.now())) this.#connection.close(closeReasons.bad_frame);
  }
}
