import { Navigate, useNavigate, useSearchParams } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { nextPath } from "../shell/nextPath.ts";
import { Page } from "../shell/Page.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { SignInForm } from "./SignInForm.tsx";
import { WelcomePanel } from "./WelcomePanel.tsx";
import styles from "./SignInPage.module.css";

/** Signing in with a school account; then on to where the person was going. */
export function SignInPage(): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const navigate = useNavigate();
  const [search] = useSearchParams<{ next?: string }>();
  const [leaving, setLeaving] = createSignal(false);
  // A guest may want to become somebody with an account; an account has nothing to do here.
  const isDone = (): boolean => !leaving() && user() !== null && user()?.role !== "guest";

  return (
    <Page title={t("account.signIn")} class={styles.main}>
      <Show when={isDone()}>
        <Navigate href={nextPath(search.next)} />
      </Show>
      <WelcomePanel />
      <section class={styles.side} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title" class={styles.title}>
          {t("account.signInTitle")}
        </h1>
        <p class={styles.lead}>{t("account.signInLead")}</p>
        <SignInForm
          onSignedIn={() => {
            setLeaving(true);
            navigate(nextPath(search.next), { replace: true });
          }}
        />
        <ButtonLink href="/join" variant="quiet" wide>
          {t("account.withCode")}
        </ButtonLink>
      </section>
    </Page>
  );
}
