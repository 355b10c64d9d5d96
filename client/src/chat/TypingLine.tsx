import { Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import styles from "./TypingLine.module.css";

/** So many are named; more are counted. */
const namesTold = 2;

/**
 * Who writes just now, above where one writes oneself. Its place is always there, so that nothing moves. Screen
 * readers find it and are not told: what is written is told when it comes.
 */
export function TypingLine(props: { readonly names: readonly string[] }): JSX.Element {
  const { t } = useI18n();
  const words = (): string => {
    const [first = "", second = ""] = props.names;
    if (props.names.length > namesTold) return t("chat.typingMany", { count: props.names.length });
    return props.names.length === namesTold
      ? t("chat.typingTwo", { first, second })
      : t("chat.typingOne", { name: first });
  };
  return (
    <p class={styles.line} data-typing={props.names.length}>
      <Show when={props.names.length > 0}>
        <span class={styles.dots} aria-hidden="true">
          <span />
          <span />
          <span />
        </span>
        <span class={styles.words} dir="auto">
          {words()}
        </span>
      </Show>
    </p>
  );
}
