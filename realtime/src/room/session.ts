import type {
  LiveClassId,
  ParticipantId,
  RoomId,
  SchoolId,
  ServerMessage,
  SessionId,
} from "@darasa/protocol";
import type { Subscriber } from "../publish/publisher.ts";
import type { Stay } from "./stay.ts";

/** Who somebody is, as their ticket said. */
export interface Identity {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
  readonly name: string;
  /** The one live class that a guest may see; null for accounts. */
  readonly guestOf: LiveClassId | null;
}

/** One connection that has said hello, as domains see it: an identity and a way out. */
export interface Session {
  readonly sessionId: SessionId;
  readonly identity: Identity;
  readonly outbox: Subscriber;
  /** The rooms that it has joined. */
  readonly stays: Map<RoomId, Stay>;
  /** False once the connection is gone: what was begun before must not enter a room any more. */
  isOpen: boolean;
}

/** Sends one message to one session. */
export function tell(session: Session, message: ServerMessage): void {
  session.outbox.send(JSON.stringify(message));
}
