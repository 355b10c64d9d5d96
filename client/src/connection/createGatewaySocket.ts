import { DarasaError, type ErrorCode } from "@darasa/protocol";
import type { Environment, Socket, SocketHandlers } from "./environment.ts";

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

/** Starts one try; `opened` is called when the hello has been sent. */
export function createGatewaySocket(
  environment: Pick<Environment, "openSocket">,
  getTicket: () => Promise<string>,
  handlers: GatewaySocketHandlers,
): GatewaySocket {
  let socket: Socket | undefined;
  let isOver = false;

  function open(ticket: string): void {
    if (isOver) return;
    const opening = environment.openSocket({
      ...handlers,
      opened: () => {
        opening.send(JSON.stringify({ type: "hello", ticket }));
        handlers.opened();
      },
    });
    socket = opening;
  }

  function refuse(error: unknown): void {
    if (!isOver) handlers.ticketRefused(error instanceof DarasaError ? error.code : "unavailable");
  }

  getTicket().then(open, refuse);
  return {
    send: (text) => socket?.send(text),
    close: () => {
      isOver = true;
      socket?.close();
    },
  };
}
