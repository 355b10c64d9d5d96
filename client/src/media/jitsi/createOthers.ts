import { uuidPattern, type ParticipantId } from "@darasa/protocol";
import type { RemoteMedia } from "../provider.ts";
import type { JitsiEventDetail } from "./externalApi.ts";

/** Who else is in the room, as Jitsi's page tells of them. */
export interface Others {
  /** Both answer with everybody who is there from now on. */
  readonly meet: (detail: JitsiEventDetail) => readonly RemoteMedia[];
  readonly part: (detail: JitsiEventDetail) => readonly RemoteMedia[];
  readonly clear: () => void;
}

/** Their page shows them: no stream of theirs is ours. */
const pageShowsThem = {
  connection: "connected",
  quality: "good",
  microphone: null,
  camera: null,
  screen: null,
} as const;

/** Nobody yet. Whoever the class cannot know, by an id that is none of ours, is left out. */
export function createOthers(): Others {
  const others = new Map<string, ParticipantId>();
  const remotes = (): readonly RemoteMedia[] =>
    [...new Set(others.values())].map((participantId) => ({ participantId, ...pageShowsThem }));
  return {
    meet({ id, userContext }) {
      const participantId = userContext?.id;
      if (id !== undefined && participantId !== undefined && uuidPattern.test(participantId))
        others.set(id, participantId as ParticipantId);
      return remotes();
    },
    part({ id }) {
      if (id !== undefined) others.delete(id);
      return remotes();
    },
    clear: () => others.clear(),
  };
}
