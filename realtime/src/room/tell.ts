import type { ParticipantId, ServerMessage } from "@darasa/protocol";
import { staysOf, type Room, type Session } from "./room.ts";

/** Sends one message to one session. */
export function tell(session: Session, message: ServerMessage): void {
  session.outbox.send(JSON.stringify(message));
}

/** Tells one person, in all sessions that they have in the room on this node. */
export function tellParticipant(room: Room, who: ParticipantId, message: ServerMessage): void {
  const frame = JSON.stringify(message);
  for (const { session } of staysOf(room, who)) session.outbox.send(frame);
}
