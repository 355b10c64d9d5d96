import { createUniqueId, type JSX, type ParentProps } from "solid-js";
import styles from "./Section.module.css";

/** One concern of the account: what it is on one side, what can be done on the other. */
export function Section(
  props: ParentProps<{ readonly title: string; readonly text: string }>,
): JSX.Element {
  const id = createUniqueId();
  return (
    <section class={styles.section} aria-labelledby={id}>
      <div class={styles.words}>
        <h2 id={id} class={styles.title}>
          {props.title}
        </h2>
        <p class={styles.text}>{props.text}</p>
      </div>
      <div class={styles.content}>{props.children}</div>
    </section>
  );
}
