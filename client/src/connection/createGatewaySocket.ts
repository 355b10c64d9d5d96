import { DarasaError, type ErrorCode } from "@darasa/protocol";
import type { Environment, Socket, SocketHandlers } from "./environment.ts";
import type { ResumeTicketHolder } from "./resumeTicket.ts";

/** One try at the gateway: a ticket, a socket, and the hello on it. */
export interface GatewaySocket {
  readonly send: (text: string) => void;
  /** Ends the try in any stage; no handler is called afterwards. */
  readonly close: () => void;
}

export interface GatewaySocketHandlers extends SocketHandlers {
  /** No socket was opened. What is not a `DarasaError` counts as `unavailable`. */
  readonly ticketRefused: (code: ErrorCode) => void;
}

/** Where the ticket for the hello comes from: the last connection, or else the API. */
export interface TicketSources {
  readonly resume: ResumeTicketHolder;
  /** A fresh one-time ticket over HTTPS. */
  readonly getTicket: () => Promise<string>;
}

/**
 * Starts one try; `opened` is called when the hello has been sent. A resume ticket is taken when the socket is
 * open: a server that cannot be reached has not seen it, and the next try may still bring it (SPEC T7).
 */
export function createGatewaySocket(
  environment: Pick<Environment, "openSocket">,
  { resume, getTicket }: TicketSources,
  handlers: GatewaySocketHandlers,
): GatewaySocket {
  let socket: Socket | undefined;
  let isOver = false;

  function open(takeTicket: () => string): void {
    if (isOver) return;
    const opening = environment.openSocket({
      ...handlers,
      opened: () => {
        opening.send(JSON.stringify({ type: "hello", ticket: takeTicket() }));
        handlers.opened();
      },
    });
    socket = opening;
  }

  function refuse(error: unknown): void {
    if (!isOver) handlers.ticketRefused(error instanceof DarasaError ? error.code : "unavailable");
  }

  const takeResume = resume.offer();
  if (takeResume !== undefined) open(takeResume);
  else getTicket().then((ticket) => open(() => ticket), refuse);
  return {
    send: (text) => socket?.send(text),
    close: () => {
      isOver = true;
      socket?.close();
    },
  };
}
