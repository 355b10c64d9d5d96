import type { AttendanceBeat, AttendanceRow } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { Room, Stay } from "../room/room.ts";
import type { StayObserver } from "../room/stayObserver.ts";

/** What a recorder works with. */
export interface RecorderParts {
  /** @throws DarasaError when the database does not take them; then they are kept and tried again */
  readonly record: (rows: readonly AttendanceRow[]) => Promise<void>;
  /** @throws DarasaError when the database does not take them; then they are tried again, or newer ones are */
  readonly recordBeats: (beats: readonly AttendanceBeat[]) => Promise<void>;
  readonly rooms: RoomRegistry;
  readonly log: Log;
  readonly now: () => number;
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
 */
export class AttendanceRecorder implements StayObserver {
  readonly #parts: RecorderParts;
  #holderId: string;
  #hasLostRows = false;
  #waiting: AttendanceRow[] = [];
  /** The newest of each class that is not written yet. */
  readonly #beats = new Map<LiveClassId, AttendanceBeat>();
  #dropped = 0;
  #writing: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#holderId = parts.newId();
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
    const beat = { schoolId, liveClassId, holderId: this.#holderId, atMs: this.#parts.now() };
    this.#beats.set(liveClassId, beat);
  }

  #addAll(stays: Iterable<Stay>, kind: AttendanceRow["kind"]): void {
    for (const stay of stays) this.#add(stay, kind);
    this.#writeSoon();
  }

  #add({ room, session, inClass }: Stay, kind: AttendanceRow["kind"]): void {
    if (!inClass || room.liveClass === null) return;
    this.#waiting.push({
      schoolId: room.schoolId,
      liveClassId: room.liveClass.liveClassId,
      participantId: session.identity.participantId,
      sessionId: session.sessionId,
      kind,
      atMs: this.#parts.now(),
      holderId: this.#holderId,
    });
    if (this.#waiting.length > maxWaitingRows) this.#makeRoom();
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
    while (this.waiting > 0) {
      await (this.#waiting.length > 0 ? this.#writeRows() : this.#writeBeats());
    }
  }

  async #writeRows(): Promise<void> {
    const batch = this.#waiting.slice(0, maxBatchRows);
    await this.#parts.record(batch);
    const written = new Set(batch);
    this.#waiting = this.#waiting.filter((row) => !written.has(row));
  }

  /** All rows of before are stored: nobody has left of whom that is not known. */
  async #writeBeats(): Promise<void> {
    const batch = [...this.#beats.values()].slice(0, maxBatchRows);
    await this.#parts.recordBeats(batch);
    for (const beat of batch) {
      const id = beat.liveClassId as LiveClassId;
      if (this.#beats.get(id) === beat) this.#beats.delete(id);
    }
  }
}
