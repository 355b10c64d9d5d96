import { createEffect, createMemo, For, onCleanup, Show, type JSX } from "solid-js";
import type { Participant, ParticipantId } from "@darasa/protocol";
import type { Media } from "./createMedia.ts";
import { errorName } from "./describeMediaError.ts";
import type { RemoteMedia } from "./provider.ts";

export interface RemoteAudioProps {
  readonly media: Media;
  /** Who is present: a microphone that is off there is not heard, whatever still arrives. */
  readonly people: readonly Participant[];
}

/**
 * Plays what the others say and share. Mount it once, beside the panes and not in one of them, so that
 * whatever a person hides never silences the class.
 */
export function RemoteAudio(props: RemoteAudioProps): JSX.Element {
  const ids = createMemo(() => props.media.state.remotes.map((remote) => remote.participantId));
  return <For each={ids()}>{(id) => <PersonAudio {...props} participantId={id} />}</For>;
}

function PersonAudio(props: RemoteAudioProps & { participantId: ParticipantId }): JSX.Element {
  const remote = (): RemoteMedia | undefined =>
    props.media.state.remotes.find((one) => one.participantId === props.participantId);
  const present = (): Participant | undefined =>
    props.people.find((one) => one.participantId === props.participantId);
  return (
    <>
      <StreamAudio
        media={props.media}
        stream={remote()?.microphone ?? null}
        muted={present()?.media.microphone === false}
      />
      <StreamAudio
        media={props.media}
        stream={remote()?.screen ?? null}
        muted={present()?.media.screen === false}
      />
    </>
  );
}

interface StreamAudioProps {
  readonly media: Media;
  readonly stream: MediaStream | null;
  readonly muted: boolean;
}

function StreamAudio(props: StreamAudioProps): JSX.Element {
  return (
    <Show when={props.stream} keyed>
      {(stream) => <PlayingAudio media={props.media} stream={stream} muted={props.muted} />}
    </Show>
  );
}

function PlayingAudio(props: StreamAudioProps & { readonly stream: MediaStream }): JSX.Element {
  const attach = (audio: HTMLAudioElement): void => {
    createEffect(() => {
      audio.muted = props.muted;
    });
    createEffect(() => {
      if (audio.srcObject !== props.stream) audio.srcObject = props.stream;
      // After a press that allows sound, this runs again and plays.
      if (!props.media.state.isSoundBlocked) play(audio, () => props.media.reportSoundBlocked());
    });
    createEffect(() => chooseSpeaker(audio, props.media.state.chosenDevices.speaker));
    onCleanup(() => (audio.srcObject = null));
  };
  return <audio ref={attach} autoplay />;
}

function play(audio: HTMLAudioElement, onBlocked: () => void): void {
  audio.play().catch((error: unknown) => {
    if (errorName(error) === "NotAllowedError") onBlocked();
  });
}

/** Plays over that device where the browser lets one choose. A device that is gone leaves it as it was. */
function chooseSpeaker(audio: HTMLAudioElement, deviceId: string | null): void {
  if ("setSinkId" in audio) audio.setSinkId(deviceId ?? "").catch(() => undefined);
}
