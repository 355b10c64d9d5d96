import type { AttendanceBeat, AttendanceRow } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { Room, Session, Stay } from "../room/room.ts";
import type { StayObserver } from "../room/stayObserver.ts";
import { DatabaseClock, type ClockReading } from "./databaseClock.ts";

/** What a recorder works with. */
export interface RecorderParts {
  /**
   * As the next two, it resolves to the database's time.
   * @throws DarasaError when the database does not take them; then they are kept and tried again
   */
  readonly record: (rows: readonly AttendanceRow[]) => Promise<number>;
  /** @throws DarasaError when the database does not take them; then they are tried again, or newer ones are */
  readonly recordBeats: (beats: readonly AttendanceBeat[]) => Promise<number>;
  /** @throws DarasaError when the database does not answer */
  readonly readTime: () => Promise<number>;
  readonly rooms: RoomRegistry;
  readonly log: Log;
  /** This machine's time, for as long as the database has not said what time it is. */
  readonly now: () => number;
  /** By a clock that nobody sets. */
  readonly uptimeMs: () => number;
  readonly newId: () => string;
}

const maxBatchRows = 1_000;
/** While the database is away: as many comings and goings. */
const maxWaitingRows = 100_000;
const retryAfterMs = 1_000;

/**
 * Writes down who was in which live class and when, as this gateway saw it: in batches of what happened
 * while the last one was written, kept and retried while Postgres is away.
 *
 * Who stays costs nothing. A row names its holder, which is this recorder; a beat of the holder says of a class that
 * all whose stay it has opened there and not closed were there. So it is written after all that came before it, and
 * who has lost a row says nothing more of those of before: it begins anew under another id.
 *
 * Everything is dated by the database's clock, as the class itself is, and whoever sets this machine's changes nothing.
 * If the database's is set, all who are there leave by the old time and join by the new one, as other sessions: so
 * nobody's minutes are more or fewer than those that went by.
 */
export class AttendanceRecorder implements StayObserver {
  readonly #parts: RecorderParts;
  #holderId: string;
  #hasLostRows = false;
  readonly #clock: DatabaseClock;
  /** As what sessions are written down once the time was set: what was said of them before is of another time. */
  #sessionIds: WeakMap<Session, string> | null = null;
  #waiting: AttendanceRow[] = [];
  /** The newest of each class that is not written yet. */
  readonly #beats = new Map<LiveClassId, AttendanceBeat>();
  #dropped = 0;
  #writing: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#holderId = parts.newId();
    this.#clock = new DatabaseClock(parts.now, parts.uptimeMs);
  }

  /** Rows and beats that wait to be written. */
  get waiting(): number {
    return this.#waiting.length + this.#beats.size;
  }

  /** Those rows. Some of them may be stored already; to store them twice changes nothing. */
  get unwritten(): readonly AttendanceRow[] {
    return this.#waiting;
  }

  /** Rows that had to be given up. */
  get dropped(): number {
    return this.#dropped;
  }

  entered(stay: Stay): void {
    this.#addAll([stay], "joined");
  }

  left(stay: Stay): void {
    this.#addAll([stay], "left");
  }

  /** The class of these sessions ends now, while they stay in the room. */
  classEnds(stays: Iterable<Stay>): void {
    this.#addAll(stays, "left");
  }

  /** Everybody who is in a class is seen; call it every `limits.attendanceHeartbeatMs`. */
  beat(): void {
    const isAnew = this.#hasLostRows && this.#waiting.length === 0;
    if (isAnew) {
      this.#holderId = this.#parts.newId();
      this.#hasLostRows = false;
    }
    for (const room of this.#parts.rooms.all()) this.#beatOf(room, isAnew);
    this.#writeSoon();
  }

  /** Resolves when nothing waits. @throws DarasaError when the database does not take it */
  flush(): Promise<void> {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null));
    return this.#writing;
  }

  /** One row of a teacher keeps the class alive: the database judges who is one. The beat is all that the others need. */
  #beatOf(room: Room, isAnew: boolean): void {
    const { liveClass, schoolId } = room;
    const held = [...room.stays.values()].filter(({ inClass }) => inClass);
    if (liveClass === null || held.length === 0) return;
    const teacher = held.find(({ role }) => role === "teacher");
    for (const stay of isAnew ? held : [teacher]) {
      if (stay !== undefined) this.#add(stay, "seen");
    }
    if (this.#hasLostRows) return;
    const { liveClassId } = liveClass;
    const beat = { schoolId, liveClassId, holderId: this.#holderId, atMs: this.#clock.now() };
    this.#beats.set(liveClassId, beat);
  }

  #addAll(stays: Iterable<Stay>, kind: AttendanceRow["kind"]): void {
    for (const stay of stays) this.#add(stay, kind);
    this.#writeSoon();
  }

  #add(stay: Stay, kind: AttendanceRow["kind"]): void {
    const { room, session, inClass } = stay;
    if (!inClass || room.liveClass === null) return;
    this.#waiting.push({
      schoolId: room.schoolId,
      liveClassId: room.liveClass.liveClassId,
      participantId: session.identity.participantId,
      sessionId: this.#idOf(session),
      kind,
      atMs: this.#clock.now(),
      holderId: this.#holderId,
    });
    if (this.#waiting.length > maxWaitingRows) this.#makeRoom();
  }

  #idOf(session: Session): string {
    if (this.#sessionIds === null) return session.sessionId;
    const id = this.#sessionIds.get(session) ?? this.#parts.newId();
    this.#sessionIds.set(session, id);
    return id;
  }

  /** A heartbeat is worth less than a join or a leave: it only narrows a crash down. */
  #makeRoom(): void {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== "seen").slice(-maxWaitingRows);
    this.#dropped += before - this.#waiting.length;
    this.#hasLostRows = true;
    this.#beats.clear();
    const dropped = this.#dropped;
    this.#parts.log("warn", "attendance was given up: too much waits", { dropped });
  }

  #writeSoon(): void {
    if (this.waiting === 0 || this.#retry !== null || this.#writing !== null) return;
    this.flush().catch((error: unknown) => {
      if (!(error instanceof DarasaError)) {
        this.#parts.log("error", "attendance was refused", { error });
      }
      this.#retry = setTimeout(() => {
        this.#retry = null;
        this.#writeSoon();
      }, retryAfterMs).unref();
    });
  }

  async #writeAll(): Promise<void> {
    if (!this.#clock.isKnown) await this.#tellTime(this.#parts.readTime);
    while (this.waiting > 0) {
      await (this.#waiting.length > 0 ? this.#writeRows() : this.#writeBeats());
    }
  }

  async #writeRows(): Promise<void> {
    const batch = this.#waiting.slice(0, maxBatchRows);
    const written = new Set(batch);
    await this.#tellTime(async () => {
      const databaseMs = await this.#parts.record(batch);
      this.#waiting = this.#waiting.filter((row) => !written.has(row));
      return databaseMs;
    });
  }

  /** All rows of before are stored: nobody has left of whom that is not known. */
  async #writeBeats(): Promise<void> {
    const batch = [...this.#beats.values()].slice(0, maxBatchRows);
    await this.#tellTime(() => this.#parts.recordBeats(batch));
    for (const beat of batch) {
      const id = beat.liveClassId as LiveClassId;
      if (this.#beats.get(id) === beat) this.#beats.delete(id);
    }
  }

  /** Does what answers with the database's time, and goes by that when ours cannot be right. */
  async #tellTime(ask: () => Promise<number>): Promise<void> {
    const reading = await this.#clock.read(ask);
    if (!this.#clock.isKnown) this.#moveWaiting(this.#clock.follow(reading));
    else if (!this.#clock.agrees(reading)) this.#goOver(reading);
  }

  /** What was dated by this machine's clock, which was all there was. */
  #moveWaiting(byMs: number): void {
    const move = <Dated extends { readonly atMs: number }>(dated: Dated) => ({
      ...dated,
      atMs: Math.round(dated.atMs + byMs),
    });
    this.#waiting = this.#waiting.map(move);
    for (const [id, beat] of this.#beats) this.#beats.set(id, move(beat));
  }

  /** The sessions of before end by the time of before: what is written down of one never goes back. */
  #goOver(reading: ClockReading): void {
    const held = [...this.#parts.rooms.all()].flatMap(({ stays }) => [...stays.values()]);
    for (const stay of held) this.#add(stay, "left");
    const movedMs = Math.round(this.#clock.follow(reading));
    this.#parts.log("warn", "the database's clock was set, or this machine slept", { movedMs });
    this.#holderId = this.#parts.newId();
    this.#sessionIds = new WeakMap();
    for (const stay of held) this.#add(stay, "joined");
  }
}
