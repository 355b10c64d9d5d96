import {
  decodeServerMessages,
  limits,
  reconnectAfter,
  subprotocol,
  type ServerMessage,
} from "@darasa/protocol";
import type { LoadPerson, LoadRoom } from "../school/fillSchool.ts";
import { RoomTail, type SeenMessage } from "./roomTail.ts";

/** What a client takes from the run. */
export interface ClientPlan {
  readonly person: LoadPerson;
  readonly room: LoadRoom;
  /** Of the nodes; each connection takes the next one. */
  readonly urls: readonly string[];
  readonly ticket: (person: LoadPerson) => string;
  readonly random: () => number;
  /** Connects on the first url, then the next, from here. */
  readonly firstUrl: number;
}

/** A message that the server called committed. */
export interface Acked {
  readonly clientId: string;
  readonly seq: number;
}

const maxUnacked = 100;
const resendAfterMs = 200;
/** Less than SPEC C2 says: the sooner all are back, the more kills there are in the same time. */
const maxWaitMs = 1_000;

/**
 * Writes into one room and reads all that is said there, whatever happens to the server: it comes back, reads what it missed, and sends again, with the same ids and in order, what was not acked.
 */
export class StubbornClient {
  readonly tail = new RoomTail();
  readonly acked: Acked[] = [];
  /** Answers that were neither an ack nor worth another try. */
  readonly refusals: string[] = [];
  /** Bodies by client id, in the order in which they were first sent. */
  readonly unacked = new Map<string, string>();
  connections = 0;
  sent = 0;
  #plan: ClientPlan;
  #socket: WebSocket | null = null;
  #isLive = false;
  #isJoining = false;
  #isEnded = false;
  #attempt = 0;
  #retry: NodeJS.Timeout | null = null;
  #silence: NodeJS.Timeout | null = null;

  constructor(plan: ClientPlan) {
    this.#plan = plan;
    this.#connect();
  }

  get room(): string {
    return this.#plan.room.roomId;
  }

  get senderId(): string {
    return this.#plan.person.participantId;
  }

  /** In the room, with nothing missed. */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** One more message; none while too many wait, as a person would stop typing. */
  write(): void {
    if (this.unacked.size >= maxUnacked) return;
    this.sent += 1;
    const clientId = `${this.senderId.slice(0, 8)}-${this.sent}`;
    this.unacked.set(clientId, `${this.#plan.person.name} says ${this.sent}`);
    if (this.#isLive) this.#send(clientId);
  }

  end(): void {
    this.#isEnded = true;
    this.#stopTimers();
    this.#socket?.close();
  }

  #connect(): void {
    const { urls, firstUrl } = this.#plan;
    const socket = new WebSocket(
      urls[(firstUrl + this.connections) % urls.length] ?? "",
      subprotocol,
    );
    this.#socket = socket;
    this.connections += 1;
    socket.addEventListener("open", () => {
      this.#say({ type: "hello", ticket: this.#plan.ticket(this.#plan.person) });
      this.#listenForSilence();
    });
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      if (socket !== this.#socket) return;
      this.#listenForSilence();
      for (const message of decodeServerMessages(data)) this.#hear(message);
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket === this.#socket) this.#comeBack(code);
    });
    // Node 22 tells of a connection that was refused by this event alone.
    socket.addEventListener("error", () => {
      if (socket === this.#socket) this.#comeBack(1006);
    });
  }

  #comeBack(code: number): void {
    this.#isLive = false;
    this.#isJoining = false;
    this.#socket = null;
    this.#stopTimers();
    if (this.#isEnded) return;
    if (reconnectAfter(code) === "no") this.refusals.push(`closed with ${code}`);
    const waitMs = this.#plan.random() * Math.min(maxWaitMs, 300 * 2 ** this.#attempt);
    this.#attempt += 1;
    this.#retry = setTimeout(() => this.#connect(), waitMs);
  }

  #hear(message: ServerMessage): void {
    if (message.type === "welcome") this.#join();
    else if (message.type === "ack") this.#wasAcked(message.id, message.result as Partial<Acked>);
    else if (message.type === "error") this.#wasRefused(message);
    else if (message.type === "replay") this.#replayed(message);
    else if (message.type === "chatMessage") this.#hearLive(message);
    else if (message.type === "head" && message.seq > this.tail.lastSeq) this.#join();
  }

  /** What the former join still brings, while a new one is on its way, will be in its replay. */
  #hearLive(message: SeenMessage): void {
    if (!this.#isJoining && !this.tail.take(message)) this.#join();
  }

  #join(): void {
    this.#isLive = false;
    // One at a time: what the former join still brings does not ask for another.
    if (this.#isJoining) return;
    this.#isJoining = true;
    const { roomId: room, liveClassId: liveClass } = this.#plan.room;
    this.#say({ type: "joinRoom", id: "join", room, liveClass, since: this.tail.lastSeq });
  }

  #replayed(page: Extract<ServerMessage, { type: "replay" }>): void {
    for (const message of page.messages) {
      if (!this.tail.take(message)) this.tail.faults.push(`a replay left out what is before it`);
    }
    if (!page.done) return;
    this.#isJoining = false;
    this.#isLive = true;
    this.#attempt = 0;
    for (const clientId of this.unacked.keys()) this.#send(clientId);
  }

  #wasAcked(clientId: string, { seq }: Partial<Acked>): void {
    if (clientId === "join" || seq === undefined) return;
    this.unacked.delete(clientId);
    this.acked.push({ clientId, seq });
  }

  #wasRefused({ id, code, retryable, retryAfterMs }: ErrorAnswer): void {
    if (id === "join") {
      this.#socket?.close();
      return;
    }
    if (!retryable) this.refusals.push(`${id ?? "a frame"} was answered ${code}`);
    else if (id !== null) setTimeout(() => this.#again(id), retryAfterMs ?? resendAfterMs);
  }

  #again(clientId: string): void {
    if (this.#isLive && this.unacked.has(clientId)) this.#send(clientId);
  }

  #send(clientId: string): void {
    const body = this.unacked.get(clientId);
    this.#say({ type: "sendMessage", id: clientId, room: this.room, body });
  }

  #say(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** A server that says nothing at all is gone (SPEC R6). */
  #listenForSilence(): void {
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.close(), limits.silenceTimeoutMs);
  }

  #stopTimers(): void {
    for (const timer of [this.#retry, this.#silence]) if (timer !== null) clearTimeout(timer);
  }
}

type ErrorAnswer = Extract<ServerMessage, { type: "error" }>;
