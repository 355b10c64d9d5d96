import { For, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { shortcutLabels, type ShortcutAction } from "./keyboardMap.ts";
import styles from "./ShortcutHelp.module.css";

const actions = Object.keys(shortcutLabels) as ShortcutAction[];

/** The keys of the classroom. */
export function ShortcutHelp(props: { readonly onClose: () => void }): JSX.Element {
  const { t } = useI18n();
  return (
    <Dialog
      title={t("classroom.shortcuts")}
      description={t("classroom.shortcutsHint")}
      onClose={() => props.onClose()}
    >
      <dl class={styles.list}>
        <For each={actions}>
          {(action) => (
            <div class={styles.line}>
              <dt>{t(`classroom.shortcut.${action}`)}</dt>
              <dd>
                <For each={shortcutLabels[action].split("+")}>
                  {(key) => <kbd class={styles.key}>{key}</kbd>}
                </For>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Dialog>
  );
}
