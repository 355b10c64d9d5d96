import Download from "lucide-solid/icons/download";
import { createSignal, type JSX } from "solid-js";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import { saveExport } from "./saveExport.ts";

/** Saves what the school keeps of somebody; without an id, of oneself. */
export function ExportButton(props: { readonly personId?: string | undefined }): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [busy, setBusy] = createSignal(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await saveExport(props.personId);
      toasts.show({ text: t("rights.exportDone"), tone: "success" });
    } catch (error) {
      toasts.show({ text: problemText(error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<Download />} busy={busy()} onClick={() => void save()}>
      {t("rights.export")}
    </Button>
  );
}
