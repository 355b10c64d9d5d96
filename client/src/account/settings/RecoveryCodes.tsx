import Download from "lucide-solid/icons/download";
import { For, onMount, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "./CopyButton.tsx";
import part from "./Part.module.css";
import styles from "./RecoveryCodes.module.css";

/** Recovery codes, shown this one time: to copy, to download, to write down. */
export function RecoveryCodes(props: {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  let heading: HTMLHeadingElement | undefined;
  onMount(() => heading?.focus());
  const download = (): void => {
    const title = t("settings.recoveryFileTitle", {
      name: user()?.name ?? "",
      school: user()?.school.name ?? "",
    });
    saveText(t("settings.recoveryFile"), [title, "", ...props.codes, ""].join("\r\n"));
  };
  return (
    <div class={part.form}>
      <h3 ref={(element) => (heading = element)} tabIndex={-1} class={styles.title}>
        {t("settings.recoveryTitle")}
      </h3>
      <p>{t("settings.recoveryText")}</p>
      <ul class={styles.codes}>
        <For each={props.codes}>{(code) => <li>{code}</li>}</For>
      </ul>
      <div class={part.buttons}>
        <CopyButton text={props.codes.join("\n")} />
        <Button size="sm" icon={<Download />} onClick={download}>
          {t("settings.recoveryDownload")}
        </Button>
      </div>
      <Button variant="primary" onClick={() => props.onKept()}>
        {t("settings.recoveryKept")}
      </Button>
    </div>
  );
}

function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
