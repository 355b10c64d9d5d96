import { Show, type JSX } from "solid-js";
import { Kitenge } from "../ui/Kitenge.tsx";
import styles from "./MessageCard.module.css";

export interface MessageCardProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly actions?: JSX.Element;
}

/** One thing to say, in the middle of a page; its title is the page's h1. */
export function MessageCard(props: MessageCardProps): JSX.Element {
  return (
    <div class={styles.card}>
      <Kitenge class={styles.band} />
      <h1 class={styles.title}>{props.title}</h1>
      <Show when={props.text}>
        <p class={styles.text}>{props.text}</p>
      </Show>
      <div class={styles.actions}>{props.actions}</div>
    </div>
  );
}
