import type { Command, ResumeTicket, ServerMessage, SessionId } from "@darasa/protocol";
import type { Environment, NetworkHandlers, SocketHandlers } from "../environment.ts";

/** A server's end of one socket. */
export interface FakeSocket {
  readonly sent: string[];
  /** The commands sent after the hello. */
  readonly commands: () => Command[];
  readonly isClosed: () => boolean;
  readonly open: () => void;
  readonly say: (...messages: ServerMessage[]) => void;
  /** Opens it and says the welcome, with a ticket for the next connection if one is given. */
  readonly welcome: (resume?: ResumeTicket) => void;
  readonly cut: (code: number) => void;
}

export interface FakeEnvironment extends Environment {
  readonly sockets: FakeSocket[];
  /** The newest socket. */
  readonly socket: () => FakeSocket;
  readonly network: () => NetworkHandlers;
  readonly isWatched: () => boolean;
  /** Lets time pass, running every timer that comes due, in order. */
  readonly pass: (ms: number) => void;
  /** Sets the device's clock forward or back, as people do; no timer moves by it. */
  readonly setClock: (byMs: number) => void;
}

/** Lets promises that are settled already run their reactions. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** As good as none. */
export const worthless: ResumeTicket = { ticket: "worthless", expiresInSeconds: 0 };

let ids = 0;

/** A world with a clock that stands still, a coin that always says `random`, and sockets that only record. */
export function makeFakeEnvironment(random = 0.5): FakeEnvironment {
  const clock = createClock();
  const sockets: FakeSocket[] = [];
  let network: NetworkHandlers | undefined;
  return {
    ...clock,
    random: () => random,
    newId: () => `id-${(ids += 1)}`,
    isOnline: () => true,
    openSocket: (handlers) => {
      const { socket, fake } = makeSocket(handlers);
      sockets.push(fake);
      return socket;
    },
    watchNetwork: (handlers) => {
      network = handlers;
      return () => (network = undefined);
    },
    sockets,
    socket: () => {
      const newest = sockets.at(-1);
      if (newest === undefined) throw new Error("no socket was opened");
      return newest;
    },
    network: () => {
      if (network === undefined) throw new Error("nobody watches the network");
      return network;
    },
    isWatched: () => network !== undefined,
  };
}

function createClock() {
  let nowMs = 50_000;
  let epochMs = 950_000;
  let timers: { atMs: number; run: () => void }[] = [];

  function pass(ms: number): void {
    const untilMs = nowMs + ms;
    for (;;) {
      const due = timers
        .filter((timer) => timer.atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)
        .at(0);
      if (due === undefined) break;
      timers = timers.filter((timer) => timer !== due);
      nowMs = Math.max(nowMs, due.atMs);
      due.run();
    }
    nowMs = untilMs;
  }

  function after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: nowMs + delayMs, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  }

  return {
    now: () => epochMs + nowMs,
    steadyMs: () => nowMs,
    after,
    pass,
    setClock: (byMs: number) => (epochMs += byMs),
  };
}

function makeSocket(handlers: SocketHandlers) {
  const sent: string[] = [];
  let isClosed = false;
  const fake: FakeSocket = {
    sent,
    commands: () =>
      sent.map((text) => JSON.parse(text) as Command).filter((command) => "id" in command),
    isClosed: () => isClosed,
    open: () => handlers.opened(),
    say: (...messages) => handlers.heard(JSON.stringify(messages)),
    welcome: (resume = worthless) => {
      handlers.opened();
      fake.say({
        type: "welcome",
        sessionId: "00000000-0000-4000-8000-00000000000a" as SessionId,
        participantId: "00000000-0000-4000-8000-00000000000b" as never,
        name: "Neema Kimaro",
        serverTimeMs: 1_000_000,
        resume,
      });
    },
    cut: (code) => {
      isClosed = true;
      handlers.closed(code);
    },
  };
  const socket = { send: (text: string) => sent.push(text), close: () => (isClosed = true) };
  return { socket, fake };
}
