import { useParams } from "@solidjs/router";
import { createEffect, createSignal, Match, on, Show, Switch, type JSX } from "solid-js";
import { api, type Attendee, type Register } from "../api/api.ts";
import { createPolled, type Polled } from "../api/createPolled.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { FailedCard } from "../shell/FailedCard.tsx";
import { Page } from "../shell/Page.tsx";
import { RequireSignIn } from "../shell/RequireSignIn.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import { RegisterView } from "./RegisterView.tsx";
import styles from "./RegisterPage.module.css";

const refreshEveryMs = 10_000;

/** Who was in a class, and when. For its teachers. */
export function RegisterPage(): JSX.Element {
  return <RequireSignIn>{() => <LoadedRegister />}</RequireSignIn>;
}

function LoadedRegister(): JSX.Element {
  const { t } = useI18n();
  const params = useParams<{ id: string }>();
  const problemText = useProblemText();
  const polled: Polled<LoadedAt> = createPolled(() => loadRegister(params.id), {
    everyMs: refreshEveryMs,
    wanted: (): boolean => polled.data()?.register.liveClass.status !== "ended",
  });
  /** What was just corrected is seen before the register comes anew. */
  const [corrected, setCorrected] = createSignal<readonly Attendee[]>([]);
  createEffect(on(polled.data, () => setCorrected([])));
  const changed = ({ register }: LoadedAt): Register => {
    const now = new Map(corrected().map((person) => [person.participantId, person]));
    const people = register.people.map((person) => now.get(person.participantId) ?? person);
    return { ...register, people };
  };
  const title = (): string => {
    const liveClass = polled.data()?.register.liveClass;
    return [t("register.title"), ...(liveClass === undefined ? [] : [liveClass.title])].join(": ");
  };
  return (
    // One page for all states: a new one would take the focus away.
    <Page title={title()}>
      <Switch fallback={<RegisterSkeleton />}>
        <Match when={polled.data()}>
          {(loaded) => (
            <>
              <Show when={polled.error() !== undefined}>
                <div class={styles.problem}>
                  <Banner
                    tone="warning"
                    actions={
                      <Button size="sm" onClick={() => void polled.refresh()}>
                        {t("common.retry")}
                      </Button>
                    }
                  >
                    {problemText(polled.error())}
                  </Banner>
                </div>
              </Show>
              <RegisterView
                register={changed(loaded())}
                nowMs={loaded().atMs}
                onChange={(person) => {
                  setCorrected([person]);
                  void polled.refresh();
                }}
              />
            </>
          )}
        </Match>
        <Match when={polled.error() !== undefined}>
          <FailedCard error={polled.error()} onRetry={() => void polled.refresh()} />
        </Match>
      </Switch>
    </Page>
  );
}

function RegisterSkeleton(): JSX.Element {
  const { t } = useI18n();
  return (
    <>
      <h1>{t("register.title")}</h1>
      <div class={styles.skeleton} role="status">
        <VisuallyHidden>{t("common.loading")}</VisuallyHidden>
        <Skeleton height="5.5rem" />
        <Skeleton height="20rem" />
      </div>
    </>
  );
}

interface LoadedAt {
  readonly register: Register;
  readonly atMs: number;
}

async function loadRegister(id: string): Promise<LoadedAt> {
  const register = await dataOf(
    api.GET("/api/live-classes/{id}/attendance", { params: { path: { id } } }),
  );
  return { register, atMs: Date.now() };
}
