import type { ControlMessage, Database, Writer } from "@darasa/database";
import type {
  BoardRefusedEvent,
  BoardRightsEvent,
  BoardStoredEvent,
  BoardTicketClaims,
  ClassPermissions,
  LiveClassId,
  ParticipantId,
  ParticipantRole,
  Result,
  RoomId,
  SchoolId,
} from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Frame, Publisher, Subscriber } from "../publish/publisher.ts";

/** What boards need of the rest of the process. */
export interface BoardServerDeps {
  readonly database: Database;
  readonly writer: Writer;
  /** Board frames go to `boardChannel`, stored events to `roomChannel`. */
  readonly publisher: Pick<Publisher, "publish" | "publishFrame">;
  /** Tells one person, in all their sessions that have joined that room; nothing when there are none. */
  readonly notify: NotifyOfBoard;
  readonly loadAccess: (question: BoardAccessQuestion) => Promise<Result<BoardAccess>>;
  readonly redeemTicket: (ticket: string) => Promise<Result<BoardTicketClaims>>;
  readonly log: Log;
  readonly now: () => number;
}

export type NotifyOfBoard = (
  where: {
    readonly schoolId: SchoolId;
    readonly roomId: RoomId;
    readonly participantId: ParticipantId;
  },
  event: BoardStoredEvent | BoardRightsEvent | BoardRefusedEvent,
) => void;

export interface BoardAccessQuestion {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
  readonly guestOf: LiveClassId | null;
  readonly roomId: RoomId;
  readonly liveClassId: LiveClassId | null;
}

/** What of a person's access decides on drawing. */
export interface BoardAccess {
  readonly role: ParticipantRole;
  readonly name: string;
  readonly drawAllowed: boolean;
  readonly permissions: ClassPermissions;
  readonly inClass: boolean;
}

/** An open socket at `/yjs`, as the transport gives it. */
export interface BoardConnection extends Subscriber {
  admitted(): void;
}

/** The boards of one process: it owns the connections at `/yjs` and the workers that merge. */
export interface BoardServer {
  /** Takes the connections of the route `/yjs`. */
  readonly handler: {
    opened(
      connection: BoardConnection,
      request: { readonly document: string; readonly ticket: string },
    ): { received(frame: Frame): void; closed(code: number): void };
  };
  /** What the API changed: rights are toggled, the removed are closed, at once. */
  control(message: ControlMessage): void;
  /** Control messages may have been missed: asks the database again about everybody who is connected. */
  reread(): Promise<void>;
  /** Figures for `/metrics` (P9). */
  stats(): BoardStats;
  /**
   * Closes every connection with `shutdown`, and resolves when all that was merged is stored, or after
   * `graceMs` with the number of updates that are not.
   */
  drain(graceMs: number): Promise<{ readonly unstored: number }>;
}

export interface BoardStats {
  readonly connections: number;
  readonly documents: number;
  readonly unstoredUpdates: number;
  readonly unstoredBytes: number;
  readonly workerRestarts: number;
}

/** Limits of the route `/yjs` that the transport keeps. */
export const boardRouteLimits = {
  /** A joiner's document goes out in pieces well below this, each when the last has left. */
  maxBackpressureBytes: 4 * 1024 * 1024,
} as const;
