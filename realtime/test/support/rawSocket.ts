import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** The request that opens a WebSocket at `/ws`, as bytes. */
export function upgradeRequest(headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({
    host: "127.0.0.1",
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-protocol": "darasa.v1",
    "sec-websocket-key": randomBytes(16).toString("base64"),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET /ws HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** A TCP connection that nobody minds the manners of. */
export interface RawSocket {
  readonly socket: Socket;
  /** Ms from the opening to the end. */
  readonly ended: Promise<number>;
}

export function openRaw(port: number): RawSocket {
  const startedAtMs = performance.now();
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.resume();
  const ended = new Promise<number>((resolve) => {
    socket.on("close", () => resolve(performance.now() - startedAtMs));
  });
  return { socket, ended };
}

/** The beginning of a text message and so many pieces of one byte, none of them the last (RFC 6455 §5.4). */
export function endlessPieces(count: number): Buffer {
  const piece = Buffer.from([0x00, 0x81, 0, 0, 0, 0, 0x61]);
  const first = Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x61]);
  return Buffer.concat([first, ...Array.from({ length: count }, () => piece)]);
}
