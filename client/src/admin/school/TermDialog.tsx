import { createSignal, createUniqueId, Show, untrack, type JSX } from "solid-js";
import { createForm } from "../../account/createForm.ts";
import { api, type Term } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/TextField.tsx";
import styles from "./Terms.module.css";

export interface TermDialogProps {
  readonly term: Term | "new";
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Names a term and says when it is. */
export function TermDialog(props: TermDialogProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const formId = createUniqueId();
  const before = untrack(() => (props.term === "new" ? undefined : props.term));
  const [name, setName] = createSignal(before?.name ?? "");
  const [startsOn, setStartsOn] = createSignal(before?.startsOn ?? "");
  const [endsOn, setEndsOn] = createSignal(before?.endsOn ?? "");
  const form = createForm<"name" | "startsOn" | "endsOn">({
    check: () => ({
      ...(name().trim() === "" ? { name: "school.termNameFault" as const } : {}),
      ...(startsOn() === "" ? { startsOn: "school.termDayFault" as const } : {}),
      ...(endsOn() === "" || endsOn() < startsOn()
        ? { endsOn: "school.termEndFault" as const }
        : {}),
    }),
    send: async () => {
      const body = { name: name().trim(), startsOn: startsOn(), endsOn: endsOn() };
      await (before === undefined
        ? dataOf(api.POST("/api/terms", { body }))
        : dataOf(api.PUT("/api/terms/{id}", { params: { path: { id: before.id } }, body })));
      props.onSaved();
    },
  });
  return (
    <Dialog
      size="sm"
      title={t(before === undefined ? "school.termAdd" : "school.termEdit")}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={form.busy()}>
            {t("school.termSave")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        class={styles.form}
        noValidate
        onSubmit={(event) => void form.submit(event)}
      >
        <Show when={form.problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(form.problem())}
          </Banner>
        </Show>
        <TextField
          label={t("school.termName")}
          hint={t("school.termNameHint")}
          error={form.fault("name")}
          maxLength={60}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <TextField
          type="date"
          label={t("school.termStarts")}
          error={form.fault("startsOn")}
          value={startsOn()}
          onInput={setStartsOn}
        />
        <TextField
          type="date"
          label={t("school.termEnds")}
          error={form.fault("endsOn")}
          value={endsOn()}
          onInput={setEndsOn}
        />
      </form>
    </Dialog>
  );
}
