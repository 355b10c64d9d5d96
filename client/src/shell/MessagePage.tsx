import { Show, type JSX } from "solid-js";
import { Kitenge } from "../ui/Kitenge.tsx";
import { Page } from "./Page.tsx";
import styles from "./MessagePage.module.css";

export interface MessagePageProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly actions?: JSX.Element;
}

/** A page that has one thing to say. */
export function MessagePage(props: MessagePageProps): JSX.Element {
  return (
    <Page title={props.title} class={styles.main}>
      <div class={styles.card}>
        <Kitenge class={styles.band} />
        <h1 class={styles.title}>{props.title}</h1>
        <Show when={props.text}>
          <p class={styles.text}>{props.text}</p>
        </Show>
        <div class={styles.actions}>{props.actions}</div>
      </div>
    </Page>
  );
}
