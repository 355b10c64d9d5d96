import Check from "lucide-solid/icons/check";
import Copy from "lucide-solid/icons/copy";
import { createSignal, createUniqueId, onCleanup, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { copyText } from "../ui/copyText.ts";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import styles from "./ShareDialog.module.css";

const doneMs = 2_500;

/** A link that can be read, selected and copied with one press. */
export function CopyLine(props: { readonly label: string; readonly text: string }): JSX.Element {
  const { t } = useI18n();
  const id = createUniqueId();
  const [isCopied, setIsCopied] = createSignal(false);
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  async function copy(): Promise<void> {
    const done = await copyText(props.text);
    // Where the browser does not let us, the person can: it is selected.
    if (!done) input?.select();
    setIsCopied(done);
    clearTimeout(timer);
    timer = setTimeout(() => setIsCopied(false), doneMs);
  }

  return (
    <div class={styles.copyLine}>
      <label class={styles.label} for={id}>
        {props.label}
      </label>
      <div class={styles.copyControls}>
        <input
          ref={(element) => (input = element)}
          id={id}
          class={styles.copyText}
          readOnly
          value={props.text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button icon={isCopied() ? <Check /> : <Copy />} onClick={() => void copy()}>
          {t("common.copyLink")}
        </Button>
      </div>
      <VisuallyHidden>
        <span role="status">
          <Show when={isCopied()}>{t("common.linkCopied")}</Show>
        </span>
      </VisuallyHidden>
    </div>
  );
}
