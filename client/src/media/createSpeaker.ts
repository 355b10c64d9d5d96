import { createSignal, onCleanup, type Accessor } from "solid-js";
import type { ParticipantId } from "@darasa/protocol";
import type { Media } from "./createMedia.ts";
import { noSpeaker, reduceSpeaker } from "./reduceSpeaker.ts";

const lookEveryMs = 250;

/** Who of the others speaks, or did last; null before anybody has. Lives as long as its owner. */
export function createSpeaker(media: Accessor<Media>): Accessor<ParticipantId | null> {
  const [speaker, setSpeaker] = createSignal(noSpeaker);
  const timer = setInterval(() => {
    const speaking = Object.keys(media().state.speaking) as ParticipantId[];
    const others = speaking.filter((id) => id !== media().selfId);
    setSpeaker((before) => reduceSpeaker(before, others, Date.now()));
  }, lookEveryMs);
  onCleanup(() => clearInterval(timer));
  return () => speaker().participantId;
}
