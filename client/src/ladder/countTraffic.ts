import type { Environment } from "../connection/environment.ts";

/** Counts what goes over the line beside sound and pictures. */
export interface Traffic {
  /** The same environment, whose sockets are counted. */
  readonly environment: Environment;
  /** Letters that were sent and heard so far: bytes, as good as, before the browser packs them. */
  readonly socketBytes: () => number;
}

/** Nothing counted yet. */
export function countTraffic(environment: Environment): Traffic {
  let bytes = 0;
  return {
    environment: {
      ...environment,
      openSocket: (handlers) => {
        const socket = environment.openSocket({
          ...handlers,
          heard: (text) => {
            bytes += text.length;
            handlers.heard(text);
          },
        });
        return {
          close: socket.close,
          send: (text) => {
            bytes += text.length;
            socket.send(text);
          },
        };
      },
    },
    socketBytes: () => bytes,
  };
}
