import Check from "lucide-solid/icons/check";
import Copy from "lucide-solid/icons/copy";
import { createSignal, onCleanup, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { copyText } from "../../ui/copyText.ts";

const shownMs = 4_000;

/** Copies a text, and says beside itself whether that worked: a toast would lie under the dialog. */
export function CopyButton(props: { readonly text: string }): JSX.Element {
  const { t } = useI18n();
  const [outcome, setOutcome] = createSignal<"copied" | "refused">();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async (): Promise<void> => {
    setOutcome((await copyText(props.text)) ? "copied" : "refused");
    clearTimeout(timer);
    timer = setTimeout(() => setOutcome(undefined), shownMs);
  };
  return (
    <>
      <Button
        size="sm"
        icon={
          <Show when={outcome() === "copied"} fallback={<Copy />}>
            <Check />
          </Show>
        }
        onClick={() => void copy()}
      >
        {outcome() === "copied" ? t("settings.copied") : t("settings.copy")}
      </Button>
      <span role="status">{outcome() === "refused" ? t("settings.copyRefused") : ""}</span>
    </>
  );
}
