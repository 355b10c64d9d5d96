import type { ParticipantId } from "./ids.ts";
import { trackKinds, type TrackKind, type VideoProvider } from "./media.ts";
import type { ClassRecording } from "./recording.ts";
import { hasPermission, type ParticipantRole } from "./roles.ts";

/** What a live class looks at, what it does so through, and what all but teachers may send. */
export interface Stage {
  readonly video: VideoProvider;
  /** Who shows the class something beside its teachers, and may share their screen and draw for that. */
  readonly presenter: ParticipantId | null;
  /** Whom all see large. */
  readonly spotlight: ParticipantId | null;
  readonly sources: readonly TrackKind[];
  /** Null: it is not recorded. */
  readonly recording: ClassRecording | null;
}

/** What somebody may send in a live class: teachers all, the presenter a screen besides what they may anyway. */
export function sourcesOf(
  who: {
    readonly participantId: ParticipantId;
    readonly role: ParticipantRole;
    readonly sources?: readonly TrackKind[] | undefined;
  },
  stage: Pick<Stage, "presenter" | "sources">,
): readonly TrackKind[] {
  if (!hasPermission(who.role, "media.publish")) return [];
  if (hasPermission(who.role, "classroom.moderate")) return trackKinds;
  const own = who.sources ?? stage.sources;
  return who.participantId === stage.presenter ? [...new Set<TrackKind>([...own, "screen"])] : own;
}
