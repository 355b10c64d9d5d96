import { limits, utf8Bytes } from "@darasa/protocol";
import Lock from "lucide-solid/icons/lock";
import SendHorizontal from "lucide-solid/icons/send-horizontal";
import { createEffect, createSignal, createUniqueId, on, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { classNames } from "../ui/classNames.ts";
import { IconButton } from "../ui/IconButton.tsx";
import type { Draft } from "./draft.ts";
import type { TypingTeller } from "./typing.ts";
import styles from "./ChatComposer.module.css";

export interface ChatComposerProps {
  readonly draft: Draft;
  readonly typing: TypingTeller;
  readonly isLocked: boolean;
  readonly onWrite: (body: string) => void;
  /** Receives what puts the focus into the text. */
  readonly focusRef?: ((focus: () => void) => void) | undefined;
}

/** The room that is left is worth a word only when it becomes little, in bytes. */
const warnBelowBytes = 600;

/** Where one writes. Enter sends, Shift+Enter begins a new line; while the chat is locked it says so. */
export function ChatComposer(props: ChatComposerProps): JSX.Element {
  const { t, formatNumber } = useI18n();
  const hintId = createUniqueId();
  // eslint-disable-next-line solid/reactivity -- a starting value, read once by intent
  const [text, setText] = createSignal(props.draft.load());
  let field: HTMLTextAreaElement | undefined;

  const leftBytes = (): number => limits.maxMessageBytes - utf8Bytes(text().trim());
  const isEmpty = (): boolean => text().trim() === "";
  const canSend = (): boolean => !isEmpty() && leftBytes() >= 0;

  createEffect(
    on(text, (written) => {
      props.draft.store(written);
      fitHeight();
    }),
  );

  function fitHeight(): void {
    if (field === undefined) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  function send(): void {
    if (!canSend()) return;
    props.typing.stopped();
    props.onWrite(text().trim());
    setText("");
    field?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes a character, Enter chooses it.
    const isSend = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!isSend || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    send();
  }

  return (
    <Show
      when={!props.isLocked}
      fallback={
        <p class={styles.locked}>
          <Lock aria-hidden="true" />
          <span>{t("chat.locked")}</span>
        </p>
      }
    >
      <form
        class={styles.composer}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={(element) => {
            field = element;
            props.focusRef?.(() => element.focus());
            queueMicrotask(fitHeight);
          }}
          class={styles.field}
          rows={1}
          dir="auto"
          enterkeyhint="send"
          placeholder={t("chat.placeholder")}
          aria-label={t("chat.message")}
          aria-describedby={hintId}
          aria-invalid={leftBytes() < 0}
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value);
            props.typing.wrote(text());
          }}
          onBlur={() => props.typing.stopped()}
          onKeyDown={onKeyDown}
        />
        <IconButton
          type="submit"
          variant="filled"
          label={t("chat.send")}
          icon={<SendHorizontal />}
          tooltip="above"
          disabled={!canSend()}
          onMouseDown={(event) => event.preventDefault()}
        />
        <p
          id={hintId}
          class={classNames(styles.hint, leftBytes() < 0 && styles.over)}
          aria-live="polite"
        >
          <Show when={leftBytes() < warnBelowBytes}>
            {leftBytes() >= 0
              ? t("chat.roomLeft", { left: formatNumber(leftBytes()) })
              : t("chat.tooLong", { over: formatNumber(-leftBytes()) })}
          </Show>
        </p>
      </form>
    </Show>
  );
}
