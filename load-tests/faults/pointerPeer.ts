import { signTicket } from "../school/signTicket.ts";
import type { LoadGroup, LoadPerson } from "../school/fillSchool.ts";

/** Where a board is, and who may sign for it. */
export interface PointedBoard {
  readonly port: number;
  readonly ticketKey: Uint8Array;
  /** Of a group, in which no class runs. */
  readonly room: LoadGroup;
  readonly boardId: string;
}

/** The messages of y-websocket: the one that is read and said here. */
const awareness = 1;

/** Somebody on a board who only points: awareness as y-websocket says it, written by hand, without a document. */
export class PointerPeer {
  /** Frames of awareness that it was told. */
  framesHeard = 0;
  closeCode: number | null = null;
  /** The `x` that it knows of everybody, by Yjs client id; kept only while `isReading`. */
  readonly known = new Map<number, number>();
  isReading = false;
  readonly opened: Promise<void>;
  #socket: WebSocket;
  #clientId: number;
  #clock = 0;

  constructor({ port, ticketKey, room, boardId }: PointedBoard, person: LoadPerson, id: number) {
    const claims = { aud: "board", document: boardId, room: room.roomId };
    const ticket = signTicket(ticketKey, person, { ...claims, liveClass: null });
    this.#clientId = id;
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/yjs/${boardId}?ticket=${ticket}`);
    this.#socket.binaryType = "arraybuffer";
    this.opened = new Promise((resolve, reject) => {
      this.#socket.addEventListener("open", () => resolve());
      this.#socket.addEventListener("close", () => reject(new Error("The board did not open")));
    });
    this.#socket.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) =>
      this.#hear(new Uint8Array(data)),
    );
    this.#socket.addEventListener("close", ({ code }) => (this.closeCode = code));
    // What went wrong shows as the close code.
    this.#socket.addEventListener("error", () => undefined);
  }

  /** Says where this one points. */
  point(x: number): void {
    this.#clock += 1;
    const json = new TextEncoder().encode(JSON.stringify({ cursor: { x, y: 0 } }));
    const head = [1, ...varUint(this.#clientId), ...varUint(this.#clock), ...varUint(json.length)];
    const length = head.length + json.length;
    this.#socket.send(new Uint8Array([awareness, ...varUint(length), ...head, ...json]));
  }

  close(): void {
    this.#socket.close();
  }

  #hear(frame: Uint8Array): void {
    if (frame[0] !== awareness) return;
    this.framesHeard += 1;
    if (this.isReading) readPointers(frame, this.known);
  }
}

/** The numbers of lib0: seven bits a byte, the low ones first. */
function varUint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push(128 | (rest % 128));
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function readPointers(frame: Uint8Array, into: Map<number, number>): void {
  let at = 1;
  const next = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = frame[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  next();
  for (let count = next(); count > 0; count -= 1) {
    const id = next();
    next();
    const length = next();
    const json = new TextDecoder().decode(frame.subarray(at, at + length));
    at += length;
    const state = JSON.parse(json) as { readonly cursor?: { readonly x: number } } | null;
    if (state?.cursor === undefined) into.delete(id);
    else into.set(id, state.cursor.x);
  }
}
