import { subprotocol } from "@darasa/protocol";
import type { Environment, NetworkHandlers, Socket, SocketHandlers } from "./environment.ts";

/** The browser's clock, chance, timers, network signals and a WebSocket of that kind to `path` of the page's origin. */
export function browserEnvironment(path: string, Socket = WebSocket): Environment {
  return {
    now: () => Date.now(),
    steadyMs: () => performance.now(),
    random: () => Math.random(),
    newId: makeId,
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    openSocket: (handlers) => openSocket(new Socket(addressOf(path), subprotocol), handlers),
    isOnline: () => navigator.onLine,
    watchNetwork,
  };
}

/** `crypto.randomUUID` where the page is a secure context; a plain http address on a LAN is none. */
function makeId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function addressOf(path: string): URL {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
}

function openSocket(socket: WebSocket, handlers: SocketHandlers): Socket {
  socket.onopen = () => handlers.opened();
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (typeof event.data === "string") handlers.heard(event.data);
  };
  socket.onclose = (event) => handlers.closed(event.code);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      // On a dead network the closing handshake takes a minute, and nobody wants its end.
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}

function watchNetwork(handlers: NetworkHandlers): () => void {
  const shown = () => {
    if (document.visibilityState === "visible") handlers.shown();
  };
  addEventListener("online", handlers.online);
  addEventListener("offline", handlers.offline);
  document.addEventListener("visibilitychange", shown);
  return () => {
    removeEventListener("online", handlers.online);
    removeEventListener("offline", handlers.offline);
    document.removeEventListener("visibilitychange", shown);
  };
}
