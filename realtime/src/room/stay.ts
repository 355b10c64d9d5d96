import type { ParticipantRole } from "@darasa/protocol";
import type { Backlog } from "../publish/publisher.ts";
import type { Room } from "./room.ts";
import type { Session } from "./session.ts";

/** One session in one room, from its join to its leave. */
export interface Stay {
  readonly session: Session;
  readonly room: Room;
  readonly role: ParticipantRole;
  /** The first `seq` that this person may read. */
  readonly firstSeq: number;
  /** Part of the room's running live class, or only looking at the room. */
  inClass: boolean;
  /** False once the session has left: what was begun for it stops. */
  isPresent: boolean;
  /** What is kept for it while its replay is on the way; null when it is live. */
  backlog: Backlog | null;
}
