import Copy from "lucide-solid/icons/copy";
import type { JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { copyText } from "../ui/copyText.ts";
import { classNames } from "../ui/classNames.ts";
import { useToasts } from "../ui/Toasts.tsx";
import styles from "./ShareButton.module.css";

export interface ShareButtonProps {
  readonly code: string;
  readonly title: string;
  readonly onDark?: boolean | undefined;
}

/** The class code, large enough to read out; a press copies the students' link. */
export function ShareButton(props: ShareButtonProps): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const link = (): string => `${location.origin}/join/${props.code}`;
  const share = async (): Promise<void> => {
    const copied = await copyText(link());
    toasts.show(
      copied
        ? { text: t("common.linkCopied"), tone: "success" }
        : { text: t("common.copyFailed", { text: link() }), tone: "warning", stays: true },
    );
  };
  return (
    <button
      type="button"
      class={classNames(styles.share, props.onDark === true && styles.onDark)}
      aria-label={t("home.copyLinkNamed", { title: props.title, code: props.code })}
      title={t("common.copyLink")}
      onClick={() => void share()}
    >
      <span class={styles.code}>
        {props.code.slice(0, 3)}
        <span class={styles.pause} />
        {props.code.slice(3)}
      </span>
      <Copy aria-hidden="true" />
    </button>
  );
}
