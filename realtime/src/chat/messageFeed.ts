import { DarasaError, type ChatMessage, type RoomId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Publisher } from "../publish/publisher.ts";
import type { RoomHistory } from "../room/history.ts";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { RecentMessages } from "./recentMessages.ts";

/** What a feed works with. */
export interface FeedParts {
  readonly rooms: RoomRegistry;
  readonly publisher: Publisher;
  readonly history: RoomHistory;
  /** Keeps what was pushed, for those who join. */
  readonly recent: Pick<RecentMessages, "pushed">;
  readonly log: Log;
}

/** Nearly always the answer to a write, or another node's word, is on its way here: it costs less than a look. */
const onItsWayMs = 50;

/** Those of one room who wait for the same. */
interface Waiting {
  seq: number;
  readonly come: Promise<void>;
  readonly hasCome: () => void;
}

/**
 * Pushes stored messages to their rooms, each once, in order of `seq`, none left out (SPEC R1): from
 * memory what follows on what was pushed, and from Postgres what does not.
 */
export class MessageFeed {
  readonly #parts: FeedParts;
  readonly #catchingUp = new Map<Room, Promise<void>>();
  /** Rooms for which messages were stored while they caught up: perhaps after the last look. */
  readonly #again = new Set<Room>();
  /** Rooms that may have more stored than pushed; each is held. */
  readonly #behind = new Set<Room>();
  readonly #waiting = new Map<Room, Waiting>();
  /** The head that each room was told last, and whether it was left out since. */
  readonly #told = new WeakMap<Room, { readonly seq: number; readonly hasRested: boolean }>();

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /** These are committed. A room whose earlier ones were not pushed yet gets those first. */
  stored(room: Room, messages: readonly ChatMessage[]): void {
    const inOrder = [...messages].sort((a, b) => a.seq - b.seq);
    if (this.#catchingUp.has(room)) this.#again.add(room);
    else if (this.#behind.has(room) || !this.#pushWhatFollows(room, inOrder)) {
      void this.catchUp(room);
    }
  }

  /** A write to this room ended without an answer: the next beat looks what became of it. */
  uncertain(room: Room): void {
    if (this.#behind.has(room)) return;
    this.#behind.add(room);
    this.#parts.rooms.hold(room.schoolId, room.roomId);
  }

  /** Pushes what is stored and was not pushed. Resolves when that is done or has failed for now. */
  catchUp(room: Room): Promise<void> {
    const running = this.#catchingUp.get(room) ?? this.#tryToCatchUp(room);
    this.#catchingUp.set(room, running);
    return running;
  }

  /**
   * Resolves when `seq`, which is stored, is pushed; or with false when that failed for now. However many ask at once,
   * a room is looked at by one look at a time.
   */
  async reach(room: Room, seq: number): Promise<boolean> {
    const isReached = () => (room.publishedSeq ?? 0) >= seq;
    if (!isReached()) await this.#onItsWay(room, seq);
    if (!isReached()) await this.catchUp(room);
    // It may have looked before this was stored: it was under way already.
    if (!isReached()) await this.catchUp(room);
    return isReached();
  }

  /**
   * Tells the rooms whose turn it is their newest `seq` (SPEC R6): called `turns` times, it has told each of them once
   * in which something was pushed since the last time, however many come or go meanwhile; those where nothing was are
   * told every second time, and their people are asked with it whether they are there.
   */
  tellHeads(turn: number, turns: number): void {
    for (const room of this.#parts.rooms.all()) {
      if (room.publishedSeq === null || turnOf(room.roomId, turns) !== turn) continue;
      this.#tellHead(room, room.publishedSeq);
    }
  }

  /** Pushes what others have stored, or what a failed attempt left behind, in every room. Never rejects. */
  async beat(): Promise<void> {
    const served = this.#parts.rooms.all().filter((room) => room.publishedSeq !== null);
    for (const room of await this.#findBehind(served)) await this.catchUp(room);
  }

  /** Pushes what is stored in these rooms and was not pushed. Never rejects. */
  async lookAt(rooms: readonly Room[]): Promise<void> {
    const served = rooms.filter((room) => room.publishedSeq !== null);
    for (const room of await this.#findBehind(served)) await this.catchUp(room);
  }

  #tellHead(room: Room, seq: number): void {
    const told = this.#told.get(room);
    const isQuiet = told?.seq === seq;
    const hasRested = isQuiet && !told.hasRested;
    this.#told.set(room, { seq, hasRested });
    if (hasRested) return;
    this.#parts.publisher.publish(room.channel, { type: "head", room: room.roomId, seq });
    if (!isQuiet && told !== undefined) return;
    for (const { session } of room.stays.values()) session.outbox.ping();
  }

  #pushWhatFollows(room: Room, messages: readonly ChatMessage[]): boolean {
    // Who reads the room for the first time finds what is stored already.
    if (room.publishedSeq === null) return true;
    for (const message of messages) {
      if (message.seq > room.publishedSeq + 1) return false;
      if (message.seq === room.publishedSeq + 1) this.#push(room, message);
    }
    return true;
  }

  #push(room: Room, stored: ChatMessage): void {
    const message = room.erasedSenders.has(stored.senderId) ? erased(stored) : stored;
    room.publishedSeq = message.seq;
    this.#parts.recent.pushed(room, message);
    const event = { type: "chatMessage", room: room.roomId, ...message } as const;
    this.#parts.publisher.publish(room.channel, event);
    const waiting = this.#waiting.get(room);
    if (waiting !== undefined && waiting.seq <= message.seq) waiting.hasCome();
  }

  /** Resolves when it is pushed, or a moment after the first began to wait. */
  #onItsWay(room: Room, seq: number): Promise<void> {
    const known = this.#waiting.get(room);
    if (known !== undefined) {
      known.seq = Math.max(known.seq, seq);
      return known.come;
    }
    let hasCome = (): void => undefined;
    const come = new Promise<void>((resolve) => {
      const timer = setTimeout(() => hasCome(), onItsWayMs);
      hasCome = () => {
        clearTimeout(timer);
        this.#waiting.delete(room);
        resolve();
      };
    });
    this.#waiting.set(room, { seq, come, hasCome });
    return come;
  }

  async #tryToCatchUp(room: Room): Promise<void> {
    this.uncertain(room);
    try {
      await this.#pushFromHistory(room);
      this.#behind.delete(room);
      this.#parts.rooms.release(room);
    } catch (error) {
      this.#complain("a room could not catch up", error);
    } finally {
      this.#catchingUp.delete(room);
      this.#again.delete(room);
    }
  }

  async #pushFromHistory(room: Room): Promise<void> {
    while (room.publishedSeq !== null) {
      const range = { fromSeq: room.publishedSeq + 1, throughSeq: Number.MAX_SAFE_INTEGER };
      this.#again.delete(room);
      const page = await this.#parts.history.loadPage(room, range);
      for (const message of page) this.#push(room, message);
      if (page.length === 0 && !this.#again.has(room)) return;
    }
  }

  async #findBehind(served: readonly Room[]): Promise<readonly Room[]> {
    try {
      const heads = await this.#parts.history.loadHeads(served);
      const ahead = served.filter((room) => (heads.get(room) ?? 0) > (room.publishedSeq ?? 0));
      return [...new Set([...this.#behind, ...ahead])];
    } catch (error) {
      this.#complain("the rooms' newest messages could not be looked up", error);
      return [];
    }
  }

  /** That the database is away is told elsewhere, and all the time. */
  #complain(what: string, error: unknown): void {
    if (!(error instanceof DarasaError)) this.#parts.log("error", what, { error });
  }
}

/** What is left of a message whose sender was erased after it was stored and before it was pushed. */
function erased({ seq, messageId, senderId, sentAtMs }: ChatMessage): ChatMessage {
  const clientId = `erased:${messageId}`;
  return { seq, messageId, clientId, senderId, senderName: "", body: "", sentAtMs, erased: true };
}

/** By its id, which is random: thousands of rooms are spread evenly. */
function turnOf(roomId: RoomId, turns: number): number {
  return parseInt(roomId.slice(0, 8), 16) % turns;
}
