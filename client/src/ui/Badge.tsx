import { Show, type JSX, type ParentProps } from "solid-js";
import { classNames } from "./classNames.ts";
import styles from "./Badge.module.css";

export type BadgeTone = "neutral" | "primary" | "saffron" | "danger" | "success";

/** A word or a number that says a state. `live` adds a dot that beats. */
export function Badge(
  props: ParentProps<{
    readonly tone?: BadgeTone | undefined;
    readonly live?: boolean | undefined;
  }>,
): JSX.Element {
  return (
    <span class={classNames(styles.badge, styles[props.tone ?? "neutral"])}>
      <Show when={props.live === true}>
        <span class={styles.dot} aria-hidden="true" />
      </Show>
      {props.children}
    </span>
  );
}
