import { WebSocket } from "k6/websockets";
import type { Command, ServerMessage } from "../../realtime/protocol/src/messages.ts";
import type { Participant } from "../../realtime/protocol/src/presence.ts";
import { subprotocol } from "../../realtime/protocol/src/version.ts";
import type { LoadPerson, LoadRoom } from "../school/fillSchool.ts";
import * as measures from "./measures.ts";
import { signTicket } from "./signTicket.ts";

const lostNetwork = 1006;

/** Who sits where. */
export interface Seat {
  readonly person: LoadPerson;
  readonly room: LoadRoom;
  readonly url: string;
  /** Opens the connection instead of a ticket that is signed here. */
  readonly ticket?: string | undefined;
  /** Read all from here on; left out: only what comes after the join. */
  readonly since?: number | undefined;
}

/** What a scenario wants to know of a session. */
export interface SessionEvents {
  /** In the room, with nothing missed. */
  live?(session: Session): void;
  /** The connection is gone. */
  closed?(code: number, session: Session): void;
  heard?(message: ServerMessage, session: Session): void;
}

/** One connection in one room: it counts by `seq`, and sees who is there. */
export class Session {
  lastSeq = 0;
  isLive = false;
  /** Whether the close that comes is wanted. */
  isLeaving = false;
  readonly seat: Seat;
  readonly people = new Map<string, Participant>();
  readonly #events: SessionEvents;
  readonly #socket: WebSocket;
  readonly #openedAtMs = Date.now();
  readonly #sentAtMs = new Map<string, number>();
  #count = 0;
  /** What was known when `check` asked; all of it is told live before it does. */
  #checkedSince = Infinity;

  constructor(seat: Seat, events: SessionEvents = {}) {
    this.seat = seat;
    this.#events = events;
    // k6 takes the subprotocol as a header only.
    const headers = { "Sec-WebSocket-Protocol": subprotocol };
    this.#socket = new WebSocket(seat.url, null, { headers });
    this.#socket.onopen = () => {
      this.#say({ type: "hello", ticket: seat.ticket ?? signTicket(seat.person) });
    };
    this.#socket.addEventListener("message", (event) => {
      if ("data" in event && typeof event.data === "string") this.#receive(event.data);
    });
    this.#socket.addEventListener("close", (event) => {
      this.#closed("code" in event ? Number(event.code) : lostNetwork);
    });
    this.#socket.onerror = () => undefined;
  }

  /** Sends a command that is acked, and resolves to nothing: errors are counted. */
  ask(command: { readonly type: Command["type"] } & Readonly<Record<string, unknown>>): void {
    this.#count += 1;
    this.#say({ id: `${this.#count}`, room: this.seat.room.roomId, ...command });
  }

  /** Says something; the body tells all who hear it when that was. `bytes` makes it longer. */
  write(bytes = 0): void {
    this.#count += 1;
    const nowMs = Date.now();
    const id = `${this.seat.person.participantId.slice(0, 8)}-${this.#openedAtMs}-${this.#count}`;
    this.#sentAtMs.set(id, nowMs);
    measures.sent.add(1);
    this.ask({ type: "sendMessage", id, body: `${nowMs} `.padEnd(bytes, "x") });
  }

  /** Joins again from the last message on: what then comes as a replay was lost. */
  check(): void {
    this.#checkedSince = this.lastSeq;
    this.#join("check", this.lastSeq);
  }

  close(): void {
    this.isLeaving = true;
    this.#socket.close();
  }

  #receive(data: string): void {
    const told = JSON.parse(data) as ServerMessage | ServerMessage[];
    for (const message of Array.isArray(told) ? told : [told]) {
      this.#hear(message);
      this.#events.heard?.(message, this);
    }
  }

  #hear(message: ServerMessage): void {
    if (message.type === "welcome") this.#join("join", this.seat.since);
    else if (message.type === "ack") this.#acked(message.id, message.result);
    else if (message.type === "error") measures.refused.add(1, { code: message.code });
    else if (message.type === "chatMessage")
      this.#heardLive(message.seq, Number.parseInt(message.body));
    else if (message.type === "replay") this.#replayed(message.messages, message.done);
    else if (message.type === "presence") this.#seen(message);
  }

  #join(id: string, since: number | undefined): void {
    const { roomId: room, liveClassId: liveClass } = this.seat.room;
    this.#say({ type: "joinRoom", id, room, liveClass, since });
  }

  #acked(id: string, result: object): void {
    if ("headSeq" in result && "participants" in result) {
      const ack = result as { headSeq: number; participants: Participant[] };
      this.people.clear();
      for (const each of ack.participants) this.people.set(each.participantId, each);
      if (id === "join") this.#entered(ack.headSeq);
      return;
    }
    const sentAtMs = this.#sentAtMs.get(id);
    if (sentAtMs === undefined) return;
    this.#sentAtMs.delete(id);
    measures.ackMs.add(Date.now() - sentAtMs);
    measures.acked.add(1);
  }

  #entered(headSeq: number): void {
    if (this.seat.since === undefined) this.lastSeq = headSeq;
    else this.lastSeq = this.seat.since;
    if (this.seat.since === undefined) this.#becameLive();
  }

  #becameLive(): void {
    this.isLive = true;
    // How long somebody who comes back takes is a measure of its own: it depends on what they missed.
    if (this.seat.since === undefined) measures.joinMs.add(Date.now() - this.#openedAtMs);
    measures.joined.add(1);
    this.#events.live?.(this);
  }

  #replayed(messages: readonly { readonly seq: number }[], isDone: boolean): void {
    for (const { seq } of messages) {
      // Came live while the answer to `check` was on its way: that was of the join before (SPEC R5).
      if (this.isLive && seq > this.#checkedSince && seq <= this.lastSeq) continue;
      // Before it is live a replay is what was missed; later it is what was lost.
      if (this.isLive) measures.lost.add(1);
      this.#step(seq);
    }
    if (isDone && !this.isLive) this.#becameLive();
  }

  #heardLive(seq: number, sentAtMs: number): void {
    this.#step(seq);
    measures.delivered.add(1);
    if (sentAtMs > 0) measures.deliveryMs.add(Date.now() - sentAtMs);
  }

  #step(seq: number): void {
    if (seq <= this.lastSeq) measures.duplicated.add(1);
    else {
      measures.lost.add(seq - this.lastSeq - 1);
      this.lastSeq = seq;
    }
  }

  #seen({ present, gone, reset }: PresenceChange): void {
    if (reset === true) this.people.clear();
    for (const each of present) this.people.set(each.participantId, each);
    for (const id of gone) this.people.delete(id);
  }

  #closed(code: number): void {
    if (!this.isLeaving && this.#events.closed === undefined)
      measures.cut.add(1, { code: `${code}` });
    this.isLive = false;
    this.#events.closed?.(code, this);
  }

  #say(message: object): void {
    if (this.#socket.readyState === 1) this.#socket.send(JSON.stringify(message));
  }
}

type PresenceChange = Extract<ServerMessage, { type: "presence" }>;
