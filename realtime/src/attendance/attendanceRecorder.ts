import type { AttendanceRow } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { Stay } from "../room/room.ts";
import type { StayObserver } from "../room/stayObserver.ts";

/** What a recorder works with. */
export interface RecorderParts {
  /** @throws DarasaError when the database does not take them; then they are kept and tried again */
  readonly record: (rows: readonly AttendanceRow[]) => Promise<void>;
  readonly rooms: RoomRegistry;
  readonly log: Log;
  readonly now: () => number;
}

const maxBatchRows = 1_000;
/** Half an hour of a thousand people, while the database is away. */
const maxWaitingRows = 100_000;
const retryAfterMs = 1_000;

/**
 * Writes down who was in which live class and when, as this gateway saw it: in batches of what happened
 * while the last one was written, kept and retried while Postgres is away.
 */
export class AttendanceRecorder implements StayObserver {
  readonly #parts: RecorderParts;
  #waiting: AttendanceRow[] = [];
  #dropped = 0;
  #writing: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** Rows that wait to be written. */
  get waiting(): number {
    return this.#waiting.length;
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
    for (const room of this.#parts.rooms.all()) {
      for (const stay of room.stays.values()) this.#add(stay, "seen");
    }
    this.#writeSoon();
  }

  /** Resolves when nothing waits. @throws DarasaError when the database does not take it */
  flush(): Promise<void> {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null));
    return this.#writing;
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
    });
    if (this.#waiting.length > maxWaitingRows) this.#makeRoom();
  }

  /** A heartbeat is worth less than a join or a leave: it only narrows a crash down. */
  #makeRoom(): void {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== "seen").slice(-maxWaitingRows);
    this.#dropped += before - this.#waiting.length;
    const dropped = this.#dropped;
    this.#parts.log("warn", "attendance was given up: too much waits", { dropped });
  }

  #writeSoon(): void {
    if (this.#waiting.length === 0 || this.#retry !== null || this.#writing !== null) return;
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
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, maxBatchRows);
      await this.#parts.record(batch);
      const written = new Set(batch);
      this.#waiting = this.#waiting.filter((row) => !written.has(row));
    }
  }
}
