import { createSignal, Show, type JSX, type ParentProps } from "solid-js";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import styles from "./Form.module.css";

export interface ConfirmDialogProps extends ParentProps {
  readonly title: string;
  /** What will happen, and to whom. */
  readonly text: string;
  /** The verb on the button. */
  readonly confirm: string;
  readonly danger?: boolean | undefined;
  /** Does it; the dialog stays with what went wrong when it rejects. */
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks before something is done that others feel, and shows how it goes. */
export function ConfirmDialog(props: ConfirmDialogProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onConfirm();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      size="sm"
      title={props.title}
      description={props.text}
      onClose={() => {
        if (!busy()) props.onClose();
      }}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button
            variant={props.danger === true ? "danger" : "primary"}
            busy={busy()}
            onClick={() => void confirm()}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <div class={styles.form}>
        <Show when={problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(problem())}
          </Banner>
        </Show>
        {props.children}
      </div>
    </Dialog>
  );
}
