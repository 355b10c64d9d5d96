import { createEffect, createSignal, on, onCleanup, type JSX } from "solid-js";
import { classNames } from "../ui/classNames.ts";
import styles from "./StreamVideo.module.css";

export interface StreamVideoProps {
  readonly stream: MediaStream;
  /** As in a mirror: what one expects of oneself. */
  readonly mirrored?: boolean | undefined;
  /** Shows the whole picture instead of filling its place: for screens, which have text at their edges. */
  readonly whole?: boolean | undefined;
  /** Told the width to height of the picture as soon as it is known, and at every change. */
  readonly onRatio?: ((ratio: number) => void) | undefined;
}

interface VideoEvent {
  readonly currentTarget: HTMLVideoElement;
}

/**
 * The picture of a stream, without its sound. Invisible until its first frame is there, so that what lies
 * under it shows instead of a black field.
 */
export function StreamVideo(props: StreamVideoProps): JSX.Element {
  const [hasFrame, setHasFrame] = createSignal(false);
  const attach = (video: HTMLVideoElement): void => {
    video.muted = true;
    createEffect(
      on(
        () => props.stream,
        (stream) => {
          setHasFrame(false);
          video.srcObject = stream;
          // A muted picture plays by itself everywhere; where a data saver stops it, a tap on it helps.
          video.play().catch(() => undefined);
        },
      ),
    );
    // After whoever owns the stream has stopped it: Chromium suspends a camera that nobody looks at, and another page
    // of the browser that opens it between that and the stop would get no picture, ever.
    onCleanup(() => queueMicrotask(() => (video.srcObject = null)));
  };
  const tellRatio = ({ currentTarget: { videoWidth, videoHeight } }: VideoEvent): void => {
    if (videoWidth > 0 && videoHeight > 0) props.onRatio?.(videoWidth / videoHeight);
  };
  return (
    <video
      ref={attach}
      class={classNames(
        styles.video,
        props.mirrored === true && styles.mirrored,
        props.whole === true && styles.whole,
        hasFrame() && styles.visible,
      )}
      autoplay
      playsinline
      aria-hidden="true"
      onLoadedMetadata={tellRatio}
      on:resize={tellRatio}
      onLoadedData={() => setHasFrame(true)}
      onClick={(event) => void event.currentTarget.play().catch(() => undefined)}
    />
  );
}
