import type { ParticipantId, ParticipantRole, TrackKind } from "@darasa/protocol";
import { trackKinds } from "@darasa/protocol";
import type { MediaRoom } from "./mediaRoomName.ts";

/** Somebody's place in a class as a media server is told of it. */
export interface MediaSeat extends MediaRoom {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly role: ParticipantRole;
  /** What they may send. */
  readonly sources: readonly TrackKind[];
}

/** What decides about what somebody may send. */
export interface SourceRule {
  readonly role: ParticipantRole;
  /** Of the class: what all but teachers may send. */
  readonly classSources: readonly TrackKind[];
  /** The exception that was made for this person; null for none. */
  readonly ownSources: readonly TrackKind[] | null;
  readonly isPresenter: boolean;
}

/** What somebody may send: teachers all, others what was said for them or for the class, the presenter the screen too. */
export function allowedSources(rule: SourceRule): TrackKind[] {
  if (rule.role === "teacher") return [...trackKinds];
  const given = rule.ownSources ?? rule.classSources;
  return trackKinds.filter(
    (kind) => given.includes(kind) || (rule.isPresenter && kind === "screen"),
  );
}
