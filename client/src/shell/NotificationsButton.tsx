import Bell from "lucide-solid/icons/bell";
import { createSignal, lazy, Show, Suspense, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { useToasts } from "../ui/Toasts.tsx";

const NotificationsDialog = lazy(async () => ({
  default: (await import("./NotificationsDialog.tsx")).NotificationsDialog,
}));

/** What toasts said, for those who were not quick enough; there as soon as there is something to read. */
export function NotificationsButton(): JSX.Element {
  const { t } = useI18n();
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
        <Suspense>
          <NotificationsDialog onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </Show>
  );
}
