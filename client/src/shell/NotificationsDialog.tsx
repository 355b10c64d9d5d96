import { For, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import styles from "./NotificationsDialog.module.css";

/** All that toasts have said on this page, with when. */
export function NotificationsDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t, formatTime } = useI18n();
  const { history } = useToasts();
  return (
    <Dialog title={t("common.notificationsTitle")} size="sm" onClose={() => props.onClose()}>
      <ol class={styles.list}>
        <For each={history()}>
          {(toast) => (
            <li class={styles.line}>
              <time class={styles.time}>{formatTime(toast.shownAtMs)}</time>
              <span>{toast.text}</span>
            </li>
          )}
        </For>
      </ol>
    </Dialog>
  );
}
