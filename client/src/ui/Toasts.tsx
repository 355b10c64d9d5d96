import CircleCheck from "lucide-solid/icons/circle-check";
import CircleX from "lucide-solid/icons/circle-x";
import Info from "lucide-solid/icons/info";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import X from "lucide-solid/icons/x";
import {
  createContext,
  createEffect,
  For,
  Show,
  useContext,
  type JSX,
  type ParentProps,
} from "solid-js";
import { Dynamic } from "solid-js/web";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "./Button.tsx";
import { classNames } from "./classNames.ts";
import { createToasts, type Toast, type Toasts, type ToastTone } from "./createToasts.ts";
import { IconButton } from "./IconButton.tsx";
import styles from "./Toasts.module.css";

const ToastContext = createContext<Toasts>();

/** Gives everything below it `useToasts`, and shows what they say. Mount it once. */
export function ToastProvider(props: ParentProps): JSX.Element {
  const toasts = createToasts({
    now: () => Date.now(),
    later: (work, afterMs) => {
      const timer = setTimeout(work, afterMs);
      return () => clearTimeout(timer);
    },
  });
  return (
    <ToastContext.Provider value={toasts}>
      {props.children}
      <ToastRegion toasts={toasts} />
    </ToastContext.Provider>
  );
}

/** Says short things to the person, wherever they are. @throws Error outside a `ToastProvider` */
export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (toasts === undefined) throw new Error("useToasts needs a ToastProvider above it");
  return toasts;
}

/** Two live regions that stand from the start: screen readers overlook regions that come with their text. */
function ToastRegion(props: { readonly toasts: Toasts }): JSX.Element {
  const { t } = useI18n();
  const shown = (assertive: boolean): readonly Toast[] =>
    props.toasts.visible().filter((toast) => (toast.assertive === true) === assertive);
  let region: HTMLElement | undefined;
  createEffect(() => {
    if (props.toasts.visible().length > 0 && region) liftAboveDialogs(region);
  });
  return (
    <section
      ref={(element) => (region = element)}
      popover="manual"
      class={styles.region}
      aria-label={t("common.notifications")}
      onPointerEnter={() => props.toasts.hold()}
      onPointerLeave={() => props.toasts.release()}
      onFocusIn={() => props.toasts.hold()}
      onFocusOut={() => props.toasts.release()}
    >
      <div aria-live="assertive" aria-atomic="false">
        <For each={shown(true)}>{(toast) => <ToastCard toast={toast} toasts={props.toasts} />}</For>
      </div>
      <div aria-live="polite" aria-atomic="false">
        <For each={shown(false)}>
          {(toast) => <ToastCard toast={toast} toasts={props.toasts} />}
        </For>
      </div>
    </section>
  );
}

/** A modal dialog covers whatever is not in the browser's top layer, or came into it earlier. */
function liftAboveDialogs(region: HTMLElement): void {
  if (document.querySelector("dialog[open]") === null) return;
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

const icons: Record<ToastTone, typeof Info> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleX,
};

function ToastCard(props: { readonly toast: Toast; readonly toasts: Toasts }): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={classNames(styles.toast, styles[props.toast.tone])}>
      <span class={styles.icon} aria-hidden="true">
        <Dynamic component={icons[props.toast.tone]} />
      </span>
      <p class={styles.text}>{props.toast.text}</p>
      <Show when={props.toast.action}>
        {(action) => (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => {
              props.toasts.dismiss(props.toast.id);
              action().onSelect();
            }}
          >
            {action().label}
          </Button>
        )}
      </Show>
      <IconButton
        size="sm"
        label={t("common.dismiss")}
        icon={<X />}
        tooltip="none"
        onClick={() => props.toasts.dismiss(props.toast.id)}
      />
    </div>
  );
}
