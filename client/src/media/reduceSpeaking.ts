import type { ParticipantId } from "@darasa/protocol";
import type { SpeakingLevels } from "./provider.ts";

/** Until when each person counts as speaking, epoch ms; people who do not speak are not in it. */
export type Speaking = ReadonlyMap<ParticipantId, number>;

/** Breath and fans stay below it, speech does not. */
const speechLevel = 0.02;
/** Pauses between words are shorter. */
const pauseMs = 700;

/** Who speaks now: those who are loud enough, and those who only pause. */
export function reduceSpeaking(before: Speaking, levels: SpeakingLevels, nowMs: number): Speaking {
  const speaking = new Map<ParticipantId, number>();
  for (const [participantId, level] of levels) {
    const untilMs = level >= speechLevel ? nowMs + pauseMs : before.get(participantId);
    if (untilMs !== undefined && untilMs > nowMs) speaking.set(participantId, untilMs);
  }
  return speaking;
}
