import { createEffect, createSignal, on, onCleanup, Show, type JSX } from "solid-js";
import { ApiProblem } from "../../api/ApiProblem.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";

/** Why a form was not taken; nothing while `problem` is undefined. When there was a time to wait, it says its end. */
export function ProblemBanner(props: {
  readonly problem: unknown;
  /** Better words than those of the problem's code. */
  readonly text?: string | undefined;
}): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [isOver, setIsOver] = createSignal(false);
  createEffect(
    on(
      () => props.problem,
      (problem) => {
        setIsOver(false);
        const seconds = problem instanceof ApiProblem ? problem.retryAfterSeconds : undefined;
        if (seconds === undefined) return;
        const timer = setTimeout(() => setIsOver(true), seconds * 1000);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );
  return (
    <Show when={props.problem !== undefined}>
      <Show
        when={!isOver()}
        fallback={
          <Banner tone="info" announce="status">
            {t("account.canTryNow")}
          </Banner>
        }
      >
        <Banner tone="danger" announce="alert">
          {props.text ?? problemText(props.problem)}
        </Banner>
      </Show>
    </Show>
  );
}
