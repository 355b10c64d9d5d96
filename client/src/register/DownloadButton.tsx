import Download from "lucide-solid/icons/download";
import { createSignal, type JSX } from "solid-js";
import { useProblemText } from "../api/useProblemText.ts";
import { Button } from "../ui/Button.tsx";
import { saveFile } from "../ui/saveFile.ts";
import { useToasts } from "../ui/Toasts.tsx";

export interface DownloadButtonProps {
  readonly label: string;
  readonly fileName: string;
  /** Brings the file; it needs the access token, which a plain link could not carry. @throws ApiProblem */
  readonly load: () => Promise<Blob>;
  readonly primary?: boolean | undefined;
}

/** Saves a file as the server writes it, and shows that it is on its way. */
export function DownloadButton(props: DownloadButtonProps): JSX.Element {
  const toasts = useToasts();
  const problemText = useProblemText();
  const [busy, setBusy] = createSignal(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      saveFile(await props.load(), props.fileName);
    } catch (error) {
      toasts.show({ text: problemText(error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant={props.primary === true ? "primary" : "secondary"}
      icon={<Download />}
      busy={busy()}
      onClick={() => void download()}
    >
      {props.label}
    </Button>
  );
}
