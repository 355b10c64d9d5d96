import { createSignal, createUniqueId, Show, untrack, type JSX } from "solid-js";
import type { Attendee } from "../api/api.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { RadioGroup } from "../ui/RadioGroup.tsx";
import { TextField } from "../ui/TextField.tsx";
import { correctAttendance } from "./correctAttendance.ts";
import { verdictKeys, verdicts, type Verdict } from "./verdicts.ts";
import styles from "./CorrectDialog.module.css";

const maxReasonLength = 300;
const asComputed = "computed";

export interface CorrectDialogProps {
  readonly liveClassId: string;
  readonly person: Attendee;
  readonly onClose: () => void;
  /** With the person as they stand in the register now. */
  readonly onCorrected: (person: Attendee) => void;
}

/** Says what really was, and why. */
export function CorrectDialog(props: CorrectDialogProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const formId = createUniqueId();
  const [verdict, setVerdict] = createSignal<Verdict | typeof asComputed>(
    untrack(() => props.person.verdict) ?? "present",
  );
  const [reason, setReason] = createSignal("");
  const [fault, setFault] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const chosen = verdict();
    try {
      const { liveClassId, person } = props;
      const corrected = await correctAttendance(
        { liveClassId, participantId: person.participantId },
        { verdict: chosen === asComputed ? null : chosen, reason: reason().trim() },
      );
      props.onCorrected(corrected);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (busy()) return;
    const isGiven = reason().trim() !== "";
    setFault(isGiven ? undefined : t("register.reasonFault"));
    if (isGiven) void send();
    else
      (event.currentTarget as HTMLFormElement)
        .querySelector<HTMLElement>("[aria-invalid]")
        ?.focus();
  };
  return (
    <Dialog
      size="sm"
      title={t("register.correctTitle", { name: props.person.name || t("common.erasedName") })}
      description={computedWords(props.person, t)}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy()}>
            {t("register.correctSave")}
          </Button>
        </>
      }
    >
      <form id={formId} class={styles.form} noValidate onSubmit={submit}>
        <Show when={problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(problem())}
          </Banner>
        </Show>
        <RadioGroup
          label={t("register.verdict")}
          options={[
            ...verdicts.map((value) => ({ value, label: t(verdictKeys[value]) })),
            ...(props.person.correction === null
              ? []
              : [{ value: asComputed, label: t("register.asComputed") } as const]),
          ]}
          value={verdict()}
          onChange={setVerdict}
        />
        <TextField
          label={t("register.reason")}
          hint={t("register.reasonHint")}
          error={fault()}
          maxLength={maxReasonLength}
          autocomplete="off"
          value={reason()}
          onInput={setReason}
        />
      </form>
    </Dialog>
  );
}

type Translate = ReturnType<typeof useI18n>["t"];

function computedWords({ computed }: Attendee, t: Translate): string | undefined {
  if (computed === null) return undefined;
  return t("register.computed", { verdict: t(verdictKeys[computed]) });
}
