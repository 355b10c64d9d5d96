import { useNavigate } from "@solidjs/router";
import { createSignal, onMount, Show, type JSX } from "solid-js";
import { useSignIn } from "../api/SignIn.tsx";
import { useProblemText } from "../api/useProblemText.ts";
import { problemCode } from "../api/ApiProblem.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { MessagePage } from "../shell/MessagePage.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { decodeDemoKey } from "./decodeDemoKey.ts";

/**
 * The one-click link of the demo school. Its key stands in the fragment, which no browser sends to a server
 * or to another site, and goes out of the address at once.
 */
export function DemoPage(): JSX.Element {
  const { t } = useI18n();
  const { signInToDemo } = useSignIn();
  const problemText = useProblemText();
  const navigate = useNavigate();
  const [problem, setProblem] = createSignal<unknown>();
  let key = "";

  const enter = async (): Promise<void> => {
    setProblem(undefined);
    try {
      await signInToDemo(key);
      navigate("/", { replace: true });
    } catch (error) {
      setProblem(error);
    }
  };
  onMount(() => {
    key = decodeDemoKey(location.hash);
    history.replaceState(history.state, "", "/demo");
    void enter();
  });

  return (
    <Show
      when={problem() !== undefined}
      fallback={
        <MessagePage
          title={t("account.demoTitle")}
          text={t("account.demoText")}
          actions={<Spinner label={t("common.loading")} />}
        />
      }
    >
      <MessagePage
        title={t(canRetry(problem()) ? "common.failedTitle" : "account.demoFailedTitle")}
        text={canRetry(problem()) ? problemText(problem()) : t("account.demoFailedText")}
        actions={
          <>
            <Show when={canRetry(problem())}>
              <Button variant="primary" onClick={() => void enter()}>
                {t("common.retry")}
              </Button>
            </Show>
            <ButtonLink href="/sign-in">{t("account.signIn")}</ButtonLink>
          </>
        }
      />
    </Show>
  );
}

function canRetry(problem: unknown): boolean {
  const code = problemCode(problem);
  return code === "unreachable" || code === "unavailable" || code === "busy";
}
