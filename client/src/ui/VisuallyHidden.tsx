import type { JSX, ParentProps } from "solid-js";
import styles from "./VisuallyHidden.module.css";

/** Words for screen readers only. */
export function VisuallyHidden(props: ParentProps): JSX.Element {
  return <span class={styles.hidden}>{props.children}</span>;
}
