import { Show, type JSX } from "solid-js";
import { Kitenge } from "./Kitenge.tsx";
import styles from "./EmptyState.module.css";

export interface EmptyStateProps {
  readonly title: string;
  /** What will be here, and what one can do about it. */
  readonly text?: string | undefined;
  readonly action?: JSX.Element;
  /** Below which heading it stands. */
  readonly level?: 2 | 3 | undefined;
}

/** Says kindly that there is nothing yet. */
export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div class={styles.empty}>
      <Kitenge class={styles.band} />
      <Show when={props.level === 3} fallback={<h2 class={styles.title}>{props.title}</h2>}>
        <h3 class={styles.title}>{props.title}</h3>
      </Show>
      <Show when={props.text}>
        <p class={styles.text}>{props.text}</p>
      </Show>
      {props.action}
    </div>
  );
}
