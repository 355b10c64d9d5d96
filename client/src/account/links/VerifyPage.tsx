import { createSignal, Match, onMount, Switch, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { FailedPage } from "../../shell/FailedPage.tsx";
import { MessagePage } from "../../shell/MessagePage.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { takeFragment } from "../takeFragment.ts";
import { LinkGone } from "./LinkGone.tsx";

/** Confirming one's address by the link in a mail: done by opening it. */
export function VerifyPage(): JSX.Element {
  const { t } = useI18n();
  const token = takeFragment();
  const [state, setState] = createSignal<"asking" | "done" | "gone" | "failed">("asking");
  const [problem, setProblem] = createSignal<unknown>();

  const verify = async (): Promise<void> => {
    if (token === "") {
      setState("gone");
      return;
    }
    setState("asking");
    try {
      await dataOf(api.POST("/api/auth/verify", { body: { token } }));
      setState("done");
    } catch (error) {
      setProblem(error);
      setState(problemCode(error) === "link_invalid" ? "gone" : "failed");
    }
  };
  onMount(() => void verify());

  return (
    <Switch
      fallback={
        <MessagePage
          title={t("account.verifyTitle")}
          text={t("account.verifyText")}
          actions={<Spinner label={t("common.loading")} />}
        />
      }
    >
      <Match when={state() === "done"}>
        <Verified />
      </Match>
      <Match when={state() === "gone"}>
        <LinkGone
          isMissing={token === ""}
          words={{ title: t("account.linkGoneTitle"), text: t("account.verifyGone") }}
        />
      </Match>
      <Match when={state() === "failed"}>
        <FailedPage error={problem()} onRetry={() => void verify()} />
      </Match>
    </Switch>
  );
}

function Verified(): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  return (
    <MessagePage
      title={t("account.verifyDoneTitle")}
      text={user() === null ? t("account.verifyDone") : t("account.verifyHere")}
      actions={
        <ButtonLink href={user() === null ? "/sign-in" : "/"} variant="primary">
          {user() === null ? t("account.signIn") : t("common.toHome")}
        </ButtonLink>
      }
    />
  );
}
