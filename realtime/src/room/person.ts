import type { MediaState, Participant } from "@darasa/protocol";
import type { Stay } from "./stay.ts";

/** Everybody's tracks before they said anything else. */
export const mediaOff: MediaState = { microphone: false, camera: false, screen: false };

/** A participant with the sessions that make them present: one person, however many tabs (SPEC P1). */
export interface Person {
  /** What all others see of them; replaced, never changed. */
  participant: Participant;
  readonly stays: Set<Stay>;
  /** The session whose tracks `participant.media` shows; they are off when it leaves. */
  mediaOf: Stay | null;
}

/** What a person keeps when they come back soon after their last session left (SPEC P3). */
export interface Memory {
  readonly handRaisedAtMs: number;
  readonly joinedAtMs: number;
}

/** A person as the others see them from the first join on. */
export function newPerson(
  stay: Stay,
  {
    drawAllowed,
    nowMs,
    memory,
  }: { drawAllowed: boolean; nowMs: number; memory?: Memory | undefined },
): Person {
  const { participantId, name } = stay.session.identity;
  return {
    participant: {
      participantId,
      name,
      role: stay.role,
      joinedAtMs: memory?.joinedAtMs ?? nowMs,
      inClass: stay.inClass,
      drawAllowed,
      handRaisedAtMs: memory?.handRaisedAtMs ?? null,
      media: mediaOff,
    },
    stays: new Set([stay]),
    mediaOf: null,
  };
}
