import { trackKinds, type TrackKind } from "@darasa/protocol";

/** The part of `livekit_models.proto#ParticipantPermission` that is read. */
export interface PublishPermission {
  readonly canPublish: boolean;
  /** `TrackSource` numbers; none means all. */
  readonly canPublishSources: readonly number[];
}

/** `livekit_models.proto#TrackSource`. The sound of a screen comes with it. */
const sourceNumbers: Readonly<Record<TrackKind, number>> = { camera: 1, microphone: 2, screen: 3 };

/** What the server lets one send. Pure. */
export function permittedTracks(
  permission: PublishPermission | undefined,
): Readonly<Record<TrackKind, boolean>> {
  const may = (kind: TrackKind): boolean => {
    if (permission?.canPublish !== true) return false;
    const { canPublishSources: sources } = permission;
    return sources.length === 0 || sources.includes(sourceNumbers[kind]);
  };
  const [microphone, camera, screen] = trackKinds.map(may);
  return { microphone: microphone === true, camera: camera === true, screen: screen === true };
}
