import { createUniqueId, Show, type JSX, type ParentProps } from "solid-js";
import type { Form } from "../../account/createForm.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import styles from "./Terms.module.css";

export interface MediaServerDialogProps extends ParentProps {
  readonly title: string;
  readonly form: Pick<Form<string>, "busy" | "problem" | "submit">;
  readonly onClose: () => void;
}

/** The frame of a server's form. */
export function MediaServerDialog(props: MediaServerDialogProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const formId = createUniqueId();
  return (
    <Dialog
      size="sm"
      title={props.title}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={props.form.busy()}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        class={styles.form}
        noValidate
        onSubmit={(event) => void props.form.submit(event)}
      >
        <Show when={props.form.problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(props.form.problem())}
          </Banner>
        </Show>
        {props.children}
      </form>
    </Dialog>
  );
}
