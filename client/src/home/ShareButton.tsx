import UserRoundPlus from "lucide-solid/icons/user-round-plus";
import { createSignal, lazy, Show, Suspense, type JSX } from "solid-js";
import type { LiveClass } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { classNames } from "../ui/classNames.ts";
import styles from "./ShareButton.module.css";

const ShareDialog = lazy(async () => ({
  default: (await import("../share/ShareDialog.tsx")).ShareDialog,
}));

export interface ShareButtonProps {
  readonly liveClass: LiveClass;
  /** Told when the code or the PIN was changed here. */
  readonly onChanged?: ((liveClass: LiveClass) => void) | undefined;
  readonly onDark?: boolean | undefined;
}

/** For teachers: the class code, large enough to read out; a press shows all ways to invite people. */
export function ShareButton(props: ShareButtonProps): JSX.Element {
  const { t } = useI18n();
  const [isOpen, setIsOpen] = createSignal(false);
  const [changed, setChanged] = createSignal<LiveClass>();
  /** What was changed here is newer than what the page was built with. */
  const liveClass = (): LiveClass => {
    const own = changed();
    return own === undefined
      ? props.liveClass
      : { ...props.liveClass, code: own.code, pin: own.pin };
  };
  const change = (next: LiveClass): void => {
    setChanged(next);
    props.onChanged?.(next);
  };
  return (
    <Show when={liveClass().code}>
      {(code) => (
        <>
          <button
            type="button"
            class={classNames(styles.share, props.onDark === true && styles.onDark)}
            aria-label={t("home.inviteNamed", { title: props.liveClass.title, code: code() })}
            aria-haspopup="dialog"
            title={t("home.inviteShort")}
            onClick={() => setIsOpen(true)}
          >
            <span class={styles.code}>
              {code().slice(0, 3)}
              <span class={styles.pause} />
              {code().slice(3)}
            </span>
            <UserRoundPlus aria-hidden="true" />
          </button>
          <Show when={isOpen()}>
            <Suspense>
              <ShareDialog
                liveClass={liveClass()}
                onChanged={change}
                onClose={() => setIsOpen(false)}
              />
            </Suspense>
          </Show>
        </>
      )}
    </Show>
  );
}
