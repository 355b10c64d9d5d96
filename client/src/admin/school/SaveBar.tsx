import { Match, Show, Switch, type JSX } from "solid-js";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import type { SchoolForm } from "./createSchoolForm.ts";
import styles from "./School.module.css";

/** Whether what stands in the form is saved, and the way to save it; in sight from the first change on. */
export function SaveBar(props: { readonly form: SchoolForm }): JSX.Element {
  const { t, formatTime } = useI18n();
  const problemText = useProblemText();
  const isInSight = (): boolean => props.form.isChanged() || props.form.savedAtMs() !== undefined;
  return (
    <div class={styles.saveBar} classList={{ [styles.saveBarOpen ?? ""]: isInSight() }}>
      <Show when={props.form.problem() !== undefined}>
        <Banner tone="danger" announce="alert">
          {problemText(props.form.problem())}
        </Banner>
      </Show>
      <div class={styles.saveLine}>
        <p class={styles.saveState} role="status">
          <Switch fallback={t("school.untouched")}>
            <Match when={props.form.busy()}>{t("school.saving")}</Match>
            <Match when={props.form.hasFaults()}>{t("school.faulty")}</Match>
            <Match when={props.form.isChanged()}>{t("school.unsaved")}</Match>
            <Match when={props.form.savedAtMs()}>
              {(atMs) => t("school.saved", { time: formatTime(atMs()) })}
            </Match>
          </Switch>
        </p>
        <Show when={props.form.isChanged()}>
          <div class={styles.saveActs}>
            <Button variant="quiet" onClick={() => props.form.discard()}>
              {t("school.discard")}
            </Button>
            <Button
              type="submit"
              variant="primary"
              busy={props.form.busy()}
              disabled={props.form.hasFaults()}
            >
              {t("common.save")}
            </Button>
          </div>
        </Show>
      </div>
    </div>
  );
}
