import { closeReasons, type ParticipantId } from "@darasa/protocol";
import { isMeant, type AccessChange } from "../access/accessChange.ts";
import type { SessionRegistry } from "../session/sessionRegistry.ts";

/** Closes the sessions that a change of access is about, at once (SPEC T6). */
export function endSessions(sessions: SessionRegistry, change: AccessChange): void {
  for (const session of sessions.of(change.participantId as ParticipantId)) {
    if (isMeant(change, session.identity)) session.outbox.close(closeReasons.unauthenticated);
  }
}
