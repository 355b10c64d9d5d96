import type { JSX } from "solid-js";
import styles from "./Skeleton.module.css";

/** Keeps the room of what is still loading, so that nothing jumps. Sizes are CSS lengths. */
export function Skeleton(props: {
  readonly width?: string | undefined;
  readonly height?: string | undefined;
}): JSX.Element {
  return (
    <span
      class={styles.skeleton}
      aria-hidden="true"
      style={{ width: props.width ?? "100%", height: props.height ?? "1em" }}
    />
  );
}
