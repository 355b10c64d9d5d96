import { createSignal, createUniqueId, Show, type JSX } from "solid-js";
import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";
import styles from "./EraseDialog.module.css";

export interface EraseDialogProps {
  readonly person: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onErased: () => void;
}

/** Says what goes, what stays and what nobody can take back, and asks for the name before it is done. */
export function EraseDialog(props: EraseDialogProps): JSX.Element {
  const { t } = useI18n();
  const formId = createUniqueId();
  const problemText = useProblemText();
  const [name, setName] = createSignal("");
  const [fault, setFault] = createSignal<string>();
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy()) return;
    setProblem(undefined);
    setFault(
      name().trim() === props.person.name
        ? undefined
        : t("rights.eraseOther", { name: props.person.name }),
    );
    if (fault() !== undefined) return;
    setBusy(true);
    try {
      const params = { path: { id: props.person.id } };
      await dataOf(
        api.POST("/api/people/{id}/erase", { params, body: { confirm: name().trim() } }),
      );
      props.onErased();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t("rights.eraseTitle", { name: props.person.name })}
      onClose={() => {
        if (!busy()) props.onClose();
      }}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="danger" busy={busy()}>
            {t("rights.eraseConfirm")}
          </Button>
        </>
      }
    >
      <form id={formId} class={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <Show when={problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(problem())}
          </Banner>
        </Show>
        <dl class={styles.what}>
          <dt>{t("rights.goes")}</dt>
          <dd>{t("rights.goesText")}</dd>
          <dt>{t("rights.stays")}</dt>
          <dd>{t("rights.staysText")}</dd>
        </dl>
        <TextField
          label={t("rights.eraseName")}
          hint={props.person.name}
          error={fault()}
          autocomplete="off"
          autofocus
          value={name()}
          onInput={setName}
        />
      </form>
    </Dialog>
  );
}
