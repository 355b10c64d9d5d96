import {
  decodeServerMessages,
  reconnectAfter,
  type AckFrame,
  type ErrorFrame,
  type RoomEvent,
  type ServerMessage,
  type WelcomeEvent,
} from "@darasa/protocol";
import { createSignal, type Accessor } from "solid-js";
import {
  initialConnectionState,
  reduceConnection,
  type ConnectionEvent,
  type ConnectionState,
} from "./connectionState.ts";
import { createGatewaySocket, type GatewaySocket } from "./createGatewaySocket.ts";
import type { Environment } from "./environment.ts";
import { createResumeTicketHolder, type ResumeTicketHolder } from "./resumeTicket.ts";
import { createSilenceWatch, type SilenceWatch } from "./silenceWatch.ts";

/** From the wish for a ticket to the welcome; longer than that is a lost network. */
const connectTimeoutMs = 15_000;
/** What `onclose` tells of a network that went away (RFC 6455 §7.4.1). */
const lostNetwork = 1006;

export interface GatewayWireHandlers {
  /** A fresh one-time ticket. */
  readonly getTicket: () => Promise<string>;
  readonly event: (event: RoomEvent) => void;
  readonly answer: (frame: AckFrame | ErrorFrame) => void;
  /** The socket is gone: what was not answered will not be. */
  readonly dropped: () => void;
  /** After every change of the state. */
  readonly state: (state: ConnectionState) => void;
}

/** Sees to it that there is the socket that the connection's state asks for, and moves the state on. */
export class GatewayWire {
  readonly state: Accessor<ConnectionState>;
  readonly #setState: (state: ConnectionState) => void;
  readonly #environment: Environment;
  readonly #handlers: GatewayWireHandlers;
  readonly #silence: SilenceWatch;
  readonly #resume: ResumeTicketHolder;
  #socket: GatewaySocket | undefined;
  #cancelTimer: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(environment: Environment, handlers: GatewayWireHandlers) {
    const [state, setState] = createSignal(initialConnectionState(environment.isOnline()));
    this.state = state;
    this.#setState = setState;
    this.#environment = environment;
    this.#handlers = handlers;
    this.#resume = createResumeTicketHolder(environment);
    this.#silence = createSilenceWatch(environment, () => this.#lost(lostNetwork));
  }

  /** Moves the state on; an event that means nothing in it does nothing. */
  dispatch(event: ConnectionEvent): void {
    const before = this.state();
    const next = reduceConnection(before, event);
    if (next === before) return;
    this.#setState(next);
    if (next.name !== before.name) this.#enter(next);
    this.#handlers.state(next);
  }

  /** Hands one frame to the socket; without one it is lost. */
  send(text: string): void {
    this.#socket?.send(text);
  }

  #enter(next: ConnectionState): void {
    if (next.name === "helloSent") return;
    this.#cancelTimer?.();
    if (next.name === "open") this.#silence.heard();
    else this.#drop();
    if (next.name === "connecting") this.#connect();
    if (next.name === "waiting") this.#wait(next.untilMs);
    if (next.name === "closed") this.#end();
  }

  #end(): void {
    this.#resume.forget();
    this.#stopWatchingNetwork();
  }

  #connect(): void {
    this.#stopWatching ??= this.#watchNetwork();
    this.#cancelTimer = this.#environment.after(connectTimeoutMs, () => this.#lost(lostNetwork));
    const tickets = { resume: this.#resume, getTicket: this.#handlers.getTicket };
    this.#socket = createGatewaySocket(this.#environment, tickets, {
      opened: () => this.dispatch({ type: "socketOpened" }),
      heard: (text) => this.#heard(text),
      closed: (code) => this.#lost(code),
      ticketRefused: (code) => this.dispatch({ type: "ticketRefused", code, ...this.#chance() }),
    });
  }

  #wait(untilMs: number): void {
    const leftMs = Math.max(0, untilMs - this.#environment.steadyMs());
    this.#cancelTimer = this.#environment.after(leftMs, () => this.dispatch({ type: "waited" }));
  }

  #drop(): void {
    this.#silence.stop();
    this.#socket?.close();
    this.#socket = undefined;
    this.#handlers.dropped();
  }

  #lost(code: number): void {
    if (reconnectAfter(code) === "fresh") this.#resume.forget();
    this.dispatch({ type: "lost", code, ...this.#chance() });
  }

  #chance(): { atMs: number; random: number } {
    return { atMs: this.#environment.steadyMs(), random: this.#environment.random() };
  }

  #watchNetwork(): () => void {
    return this.#environment.watchNetwork({
      online: () => this.dispatch({ type: "online" }),
      offline: () => this.dispatch({ type: "offline", ...this.#chance() }),
      shown: () => {
        this.#silence.hurry();
        this.dispatch({ type: "tryNow" });
      },
    });
  }

  #stopWatchingNetwork(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  #heard(text: string): void {
    if (this.state().name === "open") this.#silence.heard();
    for (const message of decodeServerMessages(text)) this.#handle(message);
  }

  #handle(message: ServerMessage): void {
    if (message.type === "ack" || message.type === "error") this.#handlers.answer(message);
    else if (message.type === "welcome") this.#welcome(message);
    else if (message.type === "resumeTicket") this.#resume.keep(message);
    else if (message.type === "goingAway") this.dispatch(message);
    else this.#handlers.event(message);
  }

  #welcome({ sessionId, serverTimeMs, resume }: WelcomeEvent): void {
    this.#resume.keep(resume);
    const atMs = this.#environment.steadyMs();
    this.dispatch({ type: "welcomed", atMs, sessionId, serverTimeMs });
  }
}
