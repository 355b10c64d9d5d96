import Bell from "lucide-solid/icons/bell";
import { createSignal, For, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import styles from "./NotificationsButton.module.css";

/** What toasts said, for those who were not quick enough; there as soon as there is something to read. */
export function NotificationsButton(): JSX.Element {
  const { t, formatTime } = useI18n();
  const { history } = useToasts();
  const [open, setOpen] = createSignal(false);
  return (
    <Show when={history().length > 0}>
      <IconButton
        label={t("common.notificationsOpen", { count: history().length })}
        icon={<Bell />}
        onClick={() => setOpen(true)}
      />
      <Show when={open()}>
        <Dialog title={t("common.notificationsTitle")} size="sm" onClose={() => setOpen(false)}>
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
      </Show>
    </Show>
  );
}
