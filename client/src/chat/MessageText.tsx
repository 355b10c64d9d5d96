import { For, Show, type JSX } from "solid-js";
import { linkParts } from "./linkParts.ts";
import styles from "./MessageText.module.css";

/** A message's text as it was written. Web addresses can be followed; nothing else in it is markup. */
export function MessageText(props: { readonly text: string }): JSX.Element {
  return (
    <p class={styles.text} dir="auto" data-message-body>
      <For each={linkParts(props.text)}>
        {(part) => (
          <Show when={part.href} fallback={part.text}>
            {(href) => (
              <a href={href()} target="_blank" rel="noopener noreferrer nofollow">
                {part.text}
              </a>
            )}
          </Show>
        )}
      </For>
    </p>
  );
}
