import { useI18n } from "../../i18n/I18n.tsx";
import { copyText } from "../../ui/copyText.ts";
import { useToasts } from "../../ui/Toasts.tsx";

/** Gives a function that copies the students' link for a class code and says so, or shows it to be copied. */
export function createShareLink(): (code: string) => Promise<void> {
  const { t } = useI18n();
  const toasts = useToasts();
  return async (code) => {
    const link = `${location.origin}/join/${code}`;
    const isCopied = await copyText(link);
    toasts.show(
      isCopied
        ? { text: t("common.linkCopied"), tone: "success" }
        : { text: t("common.copyFailed", { text: link }), tone: "warning", stays: true },
    );
  };
}
