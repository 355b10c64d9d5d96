import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** Where a client goes and what it says there. */
export interface Visit {
  readonly port: number;
  readonly ticket: string;
  readonly room: string;
  /** The last `seq` that it has seen; null on a first visit. */
  readonly since: number | null;
}

/** How it ended: in the room, or refused. */
export interface Arrival {
  readonly joined: boolean;
  /** The HTTP status, close code or error that kept it out. */
  readonly why: string;
}

const handshake = (port: number): string =>
  `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  `X-Forwarded-For: 203.0.113.7\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: darasa.v1\r\n` +
  `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`;

/** A WebSocket client as cheap as can be: it masks with zeros, and reads no more than it must. */
export class Visitor {
  readonly #socket: Socket;
  readonly #visit: Visit;
  readonly #settle: (arrival: Arrival) => void;
  #isUpgraded = false;
  #rest: Buffer = Buffer.alloc(0);
  /** The newest that the server gave (SPEC T7). */
  resumeTicket: string | null = null;
  readonly arrived: Promise<Arrival>;

  constructor(visit: Visit) {
    let settle: (arrival: Arrival) => void = () => undefined;
    this.arrived = new Promise((resolve) => (settle = resolve));
    this.#settle = settle;
    this.#visit = visit;
    this.#socket = connect({ port: visit.port, host: "127.0.0.1", noDelay: true });
    this.#socket.write(handshake(visit.port));
    this.#socket.on("data", (bytes) => this.#read(bytes));
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", () => this.#settle({ joined: false, why: "lost" }));
  }

  /** Gone without a word, as when the network is. */
  cut(): void {
    this.#socket.resetAndDestroy();
  }

  #say(message: object): void {
    this.#send(1, Buffer.from(JSON.stringify(message)));
  }

  #send(opcode: number, payload: Buffer): void {
    const length = payload.length;
    const head = length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (length < 126 ? length : 126);
    if (length >= 126) head.writeUInt16BE(length, 2);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  #read(bytes: Buffer): void {
    let data = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (!this.#isUpgraded) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0 || !this.#upgraded(data.toString("latin1", 9, 12))) return;
      data = data.subarray(end + 4);
    }
    this.#rest = this.#readFrames(data);
  }

  #upgraded(status: string): boolean {
    this.#isUpgraded = status === "101";
    if (this.#isUpgraded) this.#say({ type: "hello", ticket: this.#visit.ticket });
    else {
      this.#settle({ joined: false, why: status });
      this.#socket.destroy();
    }
    return this.#isUpgraded;
  }

  #readFrames(data: Buffer): Buffer {
    let at = 0;
    for (;;) {
      const frame = frameAt(data, at);
      if (frame === null) break;
      this.#hear((data[at] ?? 0) & 0x0f, data.subarray(frame.start, frame.end));
      at = frame.end;
    }
    // A copy: what remains must not keep the whole chunk alive.
    return Buffer.from(data.subarray(at));
  }

  #hear(opcode: number, payload: Buffer): void {
    if (opcode === 9) this.#send(10, Buffer.from(payload));
    if (opcode === 8) this.#settle({ joined: false, why: String(payload.readUInt16BE(0)) });
    if (opcode !== 1) return;
    const start = payload.toString("latin1", 0, 24);
    if (start.startsWith('{"type":"welcome"')) this.#welcomed(payload);
    else if (start.startsWith('{"type":"ack"')) this.#settle({ joined: true, why: "" });
    else if (start.startsWith('{"type":"error"')) {
      this.#settle({ joined: false, why: payload.toString() });
    }
  }

  #welcomed(payload: Buffer): void {
    const { resume } = JSON.parse(payload.toString()) as { resume?: { ticket: string } };
    this.resumeTicket = resume?.ticket ?? null;
    const { room, since } = this.#visit;
    this.#say({ type: "joinRoom", id: "j", room, liveClass: null, since: since ?? undefined });
  }
}

/** Where the payload of the frame that begins at `at` is, if all of it has come. */
function frameAt(data: Buffer, at: number): { start: number; end: number } | null {
  if (data.length - at < 2) return null;
  const short = (data[at + 1] ?? 0) & 0x7f;
  const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
  if (data.length < start) return null;
  let length = short;
  if (short === 126) length = data.readUInt16BE(at + 2);
  if (short === 127) length = Number(data.readBigUInt64BE(at + 2));
  return data.length < start + length ? null : { start, end: start + length };
}
