/** What goes over the sockets of a class, beside its sound and pictures. */
export interface Traffic {
  /** The browser's own; what goes over it is counted. */
  readonly Socket: typeof WebSocket;
  /** What was sent and heard so far: payloads as they are before the browser packs them, frames and headers not counted. */
  readonly bytes: () => number;
}

/** Nothing counted yet. */
export function countTraffic(): Traffic {
  let bytes = 0;
  const count = (payload: unknown): void => void (bytes += sizeOf(payload));

  class Socket extends WebSocket {
    constructor(...address: ConstructorParameters<typeof WebSocket>) {
      super(...address);
      this.addEventListener("message", ({ data }: MessageEvent<unknown>) => count(data));
    }

    override send(payload: Parameters<WebSocket["send"]>[0]): void {
      // What is said to one that is closing goes nowhere.
      if (this.readyState === WebSocket.OPEN) count(payload);
      super.send(payload);
    }
  }
  return { Socket, bytes: () => bytes };
}

const encoder = new TextEncoder();

function sizeOf(payload: unknown): number {
  if (typeof payload === "string") return encoder.encode(payload).byteLength;
  if (payload instanceof ArrayBuffer || ArrayBuffer.isView(payload)) return payload.byteLength;
  return payload instanceof Blob ? payload.size : 0;
}
