import { createSignal, Match, onMount, Switch, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { FailedCard } from "../../shell/FailedCard.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { MediaServersSection } from "./MediaServersSection.tsx";
import type { School } from "./school.ts";
import { SchoolForm } from "./SchoolForm.tsx";
import { TermsSection } from "./TermsSection.tsx";
import styles from "./School.module.css";

/** What the school decides for itself: how it looks, what is allowed, and how long things are kept. */
export function SchoolTab(): JSX.Element {
  const { t } = useI18n();
  const { user, changeUser } = useSignIn();
  const [school, setSchool] = createSignal<School>();
  const [problem, setProblem] = createSignal<unknown>();

  const load = async (): Promise<void> => {
    setProblem(undefined);
    try {
      setSchool(await dataOf(api.GET("/api/school")));
    } catch (error) {
      setProblem(error);
    }
  };
  onMount(() => void load());
  /** The header shows it at once. */
  const change = (next: School): void => {
    setSchool(next);
    const now = user();
    if (now === null) return;
    const { name, colour, logo } = next;
    changeUser({ ...now, school: { ...now.school, name, colour, logo } });
  };

  return (
    <Switch
      fallback={
        <div class={styles.waiting} role="status">
          <VisuallyHidden>{t("common.loading")}</VisuallyHidden>
          <Skeleton height="9rem" />
          <Skeleton height="9rem" />
          <Skeleton height="9rem" />
        </div>
      }
    >
      <Match when={school()}>
        {(loaded) => (
          <>
            <SchoolForm school={loaded()} onChange={change} />
            <TermsSection />
            <MediaServersSection school={loaded()} onChange={change} />
          </>
        )}
      </Match>
      <Match when={problem() !== undefined}>
        <FailedCard error={problem()} onRetry={() => void load()} />
      </Match>
    </Switch>
  );
}
