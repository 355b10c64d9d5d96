import type { JSX } from "solid-js";
import { VisuallyHidden } from "./VisuallyHidden.tsx";
import styles from "./Spinner.module.css";

/** A turning diamond; `label` is said once to screen readers. Decoration when there is no label. */
export function Spinner(props: { readonly label?: string | undefined }): JSX.Element {
  return (
    <span class={styles.spinner} role={props.label === undefined ? undefined : "status"}>
      <span class={styles.mark} aria-hidden="true" />
      <VisuallyHidden>{props.label}</VisuallyHidden>
    </span>
  );
}
