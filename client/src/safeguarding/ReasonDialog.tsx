import { createSignal, createUniqueId, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";

const minReasonLength = 3;

export interface ReasonDialogProps {
  readonly onClose: () => void;
  readonly onGiven: (reason: string) => void;
}

/** Asks why a room is to be read, before anything of it is shown. */
export function ReasonDialog(props: ReasonDialogProps): JSX.Element {
  const { t } = useI18n();
  const formId = createUniqueId();
  const [reason, setReason] = createSignal("");
  const [fault, setFault] = createSignal<string>();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const isEnough = Array.from(reason().trim()).length >= minReasonLength;
    setFault(isEnough ? undefined : t("safeguarding.reasonFault"));
    if (isEnough) props.onGiven(reason().trim());
  };
  return (
    <Dialog
      size="sm"
      title={t("safeguarding.reasonTitle")}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            {t("safeguarding.reasonGo")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <TextField
          label={t("safeguarding.reasonLabel")}
          hint={t("safeguarding.reasonHint")}
          error={fault()}
          maxLength={200}
          autocomplete="off"
          autofocus
          value={reason()}
          onInput={setReason}
        />
      </form>
    </Dialog>
  );
}
