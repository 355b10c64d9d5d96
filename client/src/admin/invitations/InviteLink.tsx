import Copy from "lucide-solid/icons/copy";
import { onMount, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { copyText } from "../../ui/copyText.ts";
import { TextField } from "../../ui/TextField.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import forms from "../Form.module.css";

/** The link that was made. Nobody sees it again: the server keeps only what it needs to know it by. */
export function InviteLink(props: { readonly link: string }): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  let place: HTMLDivElement | undefined;
  onMount(() => place?.querySelector("input")?.select());
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(props.link);
    toasts.show(
      isCopied
        ? { text: t("invite.linkCopied"), tone: "success" }
        : { text: t("common.copyFailed", { text: props.link }), tone: "warning", stays: true },
    );
  };
  return (
    <div class={forms.form} ref={(element) => (place = element)}>
      <Banner tone="success" announce="status">
        {t("invite.linkMade")}
      </Banner>
      <TextField
        label={t("invite.link")}
        hint={t("invite.linkOnce")}
        readOnly
        value={props.link}
        onInput={() => undefined}
      />
      <Button wide icon={<Copy />} onClick={() => void copy()}>
        {t("common.copyLink")}
      </Button>
    </div>
  );
}
