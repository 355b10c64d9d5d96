import X from "lucide-solid/icons/x";
import { createUniqueId, onCleanup, onMount, Show, type JSX, type ParentProps } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { classNames } from "./classNames.ts";
import { IconButton } from "./IconButton.tsx";
import styles from "./Dialog.module.css";

export interface DialogProps extends ParentProps {
  readonly title: string;
  /** One sentence below the title; screen readers hear it with the title. */
  readonly description?: string | undefined;
  /** Esc, the cross or a press beside the dialog. The owner takes the dialog away. */
  readonly onClose: () => void;
  /** Buttons, the most likely one last. */
  readonly footer?: JSX.Element;
  readonly size?: "sm" | "md" | "lg" | undefined;
}

/**
 * A modal dialog for as long as it is mounted: wrap it in `<Show>`. The native element keeps the focus
 * inside and gives it back to where it was; on a phone it stands at the bottom edge.
 */
export function Dialog(props: DialogProps): JSX.Element {
  const { t } = useI18n();
  const id = createUniqueId();
  let element: HTMLDialogElement | undefined;

  onMount(() => element?.showModal());
  // Closing before removal is what gives the focus back.
  onCleanup(() => element?.close());

  return (
    <dialog
      ref={(found) => (element = found)}
      class={classNames(styles.dialog, styles[props.size ?? "md"])}
      aria-labelledby={`${id}-title`}
      aria-describedby={props.description === undefined ? undefined : `${id}-description`}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onMouseDown={(event) => {
        // The dialog's box has no padding of its own: its own surface is the backdrop.
        if (event.target === event.currentTarget) props.onClose();
      }}
    >
      <div class={styles.content}>
        <header class={styles.header}>
          <h2 id={`${id}-title`} class={styles.title}>
            {props.title}
          </h2>
          <IconButton
            label={t("common.close")}
            icon={<X />}
            tooltip="none"
            onClick={() => props.onClose()}
          />
        </header>
        <Show when={props.description}>
          <p id={`${id}-description`} class={styles.description}>
            {props.description}
          </p>
        </Show>
        <div class={styles.body}>{props.children}</div>
        <Show when={props.footer}>
          <footer class={styles.footer}>{props.footer}</footer>
        </Show>
      </div>
    </dialog>
  );
}
