import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { sql } from "@darasa/database";
import type { TestDatabase } from "@darasa/database/testing";
import type { BoardId } from "@darasa/protocol";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import { readSyncMessage, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import { signBoardTicketFor } from "./signTicket.ts";
import type { TestPerson } from "./testSchool.ts";

/** A peer as raw as a test wants it: y-protocols over a WebSocket, nothing of ours. */
export class BoardClient {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly socket: WebSocket;
  isSynced = false;
  closeCode: number | null = null;
  framesHeard = 0;
  /** Edits stay in this copy while it is set. */
  isMute = false;
  #waiting = new Set<() => void>();

  constructor(url: string) {
    this.awareness.setLocalState(null);
    this.socket = new WebSocket(url);
    this.socket.on("message", (data: Buffer) => {
      this.#hear(new Uint8Array(data));
      this.#wake();
    });
    this.socket.on("close", (code) => {
      this.closeCode = code;
      this.#wake();
    });
    // What went wrong shows as the close code.
    this.socket.on("error", () => undefined);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this && !this.isMute) this.send((encoder) => writeSync(encoder, update));
    });
  }

  /** Asks what the server has; resolves when this copy has it. */
  async sync(): Promise<this> {
    await this.opened();
    this.isSynced = false;
    this.send((encoder) => {
      encoding.writeVarUint(encoder, 0);
      writeSyncStep1(encoder, this.doc);
    });
    await this.until(() => this.isSynced);
    return this;
  }

  async opened(): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, "open");
  }

  send(write: (encoder: encoding.Encoder) => void): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(encoding.encode(write));
  }

  /** Any bytes as an update. */
  sendUpdate(update: Uint8Array): void {
    this.send((encoder) => writeSync(encoder, update));
  }

  /** Edits that stay in this copy. */
  offline(edit: () => void): void {
    this.isMute = true;
    edit();
    this.isMute = false;
  }

  /** Says where this client is. */
  point(state: Record<string, unknown> | null): void {
    this.awareness.setLocalState(state);
    this.send((encoder) => {
      encoding.writeVarUint(encoder, 1);
      const update = encodeAwarenessUpdate(this.awareness, [this.doc.clientID]);
      encoding.writeVarUint8Array(encoder, update);
    });
  }

  get records(): Y.Map<unknown> {
    return this.doc.getMap("records");
  }

  /** Resolves when it holds; asked again after every frame and at the close. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.closeCode !== null) throw new Error(`closed with ${this.closeCode} while waiting`);
      await this.#news();
    }
  }

  async closed(): Promise<number> {
    while (this.closeCode === null) await this.#news();
    return this.closeCode;
  }

  close(): void {
    this.socket.close();
  }

  #news(): Promise<void> {
    return new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #hear(frame: Uint8Array): void {
    this.framesHeard += 1;
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === 1) {
      applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
      return;
    }
    if (type !== 0) throw new Error(`the server sent a frame of type ${type}`);
    const reply = encoding.createEncoder();
    encoding.writeVarUint(reply, 0);
    if (readSyncMessage(decoder, reply, this.doc, this) === 1) this.isSynced = true;
    if (encoding.length(reply) > 1) this.socket.send(encoding.toUint8Array(reply));
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

function writeSync(encoder: encoding.Encoder, update: Uint8Array): void {
  encoding.writeVarUint(encoder, 0);
  writeUpdate(encoder, update);
}

/** A new board in a room of the school. */
export async function createBoard(
  { database }: { readonly database: TestDatabase },
  roomId: string,
  schoolId: string = database.schoolId,
): Promise<BoardId> {
  const boardId = randomUUID() as BoardId;
  await database.database.inSchool(schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      insert into boards (school_id, board_id, room_id, title)
      values (${schoolId}, ${boardId}, ${roomId}, 'Test board')`),
  );
  return boardId;
}

/** What a ticket of a board says; the class that runs unless told otherwise. */
export interface BoardVisit {
  readonly room?: string;
  readonly liveClass?: string | null;
}

/** What of a school, in this process or another, its boards are reached by. */
export interface BoardSchool {
  readonly gateway: { readonly port: number };
  readonly ticketKey: Uint8Array;
  readonly room: string;
  readonly liveClassId: string;
}

/** The address that opens the board for this person, once. */
export async function boardUrl(
  school: BoardSchool,
  { board, person, visit = {} }: { board: string; person: TestPerson; visit?: BoardVisit },
): Promise<string> {
  const ticket = await signBoardTicketFor(school.ticketKey, person, {
    document: board,
    room: visit.room ?? school.room,
    liveClass: visit.liveClass === undefined ? school.liveClassId : visit.liveClass,
  });
  return `ws://127.0.0.1:${school.gateway.port}/yjs/${board}?ticket=${ticket}`;
}

/** Opens the board and resolves when it is synced. */
export async function openBoard(
  school: BoardSchool,
  board: string,
  person: TestPerson,
): Promise<BoardClient> {
  return new BoardClient(await boardUrl(school, { board, person })).sync();
}
