import { createSignal, For, Show, untrack, type JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import people from "../people/PersonDialog.module.css";
import type { Governance, GovernedSchool } from "./governedSchool.ts";
import {
  isBelowUse,
  limitBounds,
  limitFaults,
  limitNames,
  limitsChange,
  makeLimitsDraft,
  type Limit,
  type LimitsDraft,
} from "./limitsDraft.ts";
import styles from "./Schools.module.css";

export interface LimitsFormProps {
  readonly school: GovernedSchool;
  readonly onSave: (limits: Governance) => Promise<void>;
}

/** How many people, rooms, boards and guests a school may have. */
export function LimitsForm(props: LimitsFormProps): JSX.Element {
  const { t, formatNumber } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [draft, setDraft] = createStore<LimitsDraft>(
    untrack(() => makeLimitsDraft(props.school.limits)),
  );
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const isChanged = (): boolean =>
    limitFaults(draft).length > 0 ||
    Object.keys(limitsChange(props.school.limits, draft)).length > 0;
  const fault = (limit: Limit): string | undefined => {
    if (!limitFaults(draft).includes(limit)) return undefined;
    const { min, max } = limitBounds[limit];
    return t("school.numberFault", { min: formatNumber(min), max: formatNumber(max) });
  };
  const hint = (limit: Limit): string | undefined => {
    if (isBelowUse(props.school, limit, draft)) return t("schools.belowUse");
    if (limit === "maxUsers") return used(props.school.use.users);
    return limit === "maxRooms" ? used(props.school.use.rooms) : undefined;
  };
  const used = (count: number): string => t("schools.used", { count: formatNumber(count) });
  const save = async (): Promise<void> => {
    if (busy() || limitFaults(draft).length > 0) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onSave(limitsChange(props.school.limits, draft));
      setDraft(makeLimitsDraft(props.school.limits));
      toasts.show({ text: t("people.saved", { name: props.school.name }), tone: "success" });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class={people.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{t("school.limits")}</h3>
      <Show when={problem() !== undefined}>
        <Banner tone="danger" announce="alert">
          {problemText(problem())}
        </Banner>
      </Show>
      <div class={styles.fields}>
        <For each={limitNames}>
          {(limit) => (
            <TextField
              label={t(limitBounds[limit].label)}
              hint={hint(limit)}
              error={fault(limit)}
              inputmode="numeric"
              autocomplete="off"
              maxLength={7}
              value={draft[limit]}
              onInput={(typed) => setDraft(limit, typed)}
            />
          )}
        </For>
      </div>
      <div class={people.save}>
        <Button
          type="submit"
          variant="primary"
          disabled={!isChanged() || limitFaults(draft).length > 0}
          busy={busy()}
        >
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
