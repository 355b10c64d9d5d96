import { Show, type JSX, type ParentProps } from "solid-js";
import styles from "./Board.module.css";

/** Covers the board's place with a sentence, and what one can do about it. */
export function BoardNotice(
  props: ParentProps<{
    readonly title?: string | undefined;
    readonly text: string;
    /** It has come up while somebody was at work here. */
    readonly isUrgent?: boolean | undefined;
  }>,
): JSX.Element {
  return (
    <div class={styles.cover} role={props.isUrgent === true ? "alert" : undefined}>
      <Show when={props.title}>
        <h3>{props.title}</h3>
      </Show>
      <p class={styles.hint}>{props.text}</p>
      {props.children}
    </div>
  );
}
