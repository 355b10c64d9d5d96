import type { ServerMessage } from "@darasa/protocol";
import type { Session } from "./room.ts";

/** Sends one message to one session. */
export function tell(session: Session, message: ServerMessage): void {
  session.outbox.send(JSON.stringify(message));
}
