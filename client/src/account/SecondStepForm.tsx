import { createSignal, Show, type JSX } from "solid-js";
import { problemCode } from "../api/ApiProblem.ts";
import { useSignIn, type Credentials } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import type { Fault } from "./checkFields.ts";
import { codeDigits, isWholeCode } from "./codeDigits.ts";
import { createForm } from "./createForm.ts";
import { CodeField } from "./door/CodeField.tsx";
import { ProblemBanner } from "./door/ProblemBanner.tsx";
import styles from "./door/Form.module.css";

export interface SecondStepFormProps {
  readonly credentials: Credentials;
  readonly onSignedIn: (credentials: Credentials) => void;
  readonly onBack: () => void;
}

/** The code of the second factor, or a recovery code for those who have lost it. */
export function SecondStepForm(props: SecondStepFormProps): JSX.Element {
  const { t } = useI18n();
  const { signIn } = useSignIn();
  const [isRecovery, setIsRecovery] = createSignal(false);
  const [typed, setTyped] = createSignal("");
  const kind = (): "any" | "digits" => (isRecovery() ? "any" : "digits");
  const code = (): string => (isRecovery() ? typed().trim() : codeDigits(typed()));
  const form = createForm<"code">({
    check: () => ({ code: codeFault(code(), isRecovery()) }),
    send: async () => {
      await signIn({ ...props.credentials, code: code() });
      props.onSignedIn(props.credentials);
    },
    faultsOf: (problem) =>
      problemCode(problem) === "wrong_code" ? { code: "errors.wrong_code" } : {},
  });
  const change = (recovery: boolean): void => {
    setIsRecovery(recovery);
    setTyped("");
    form.forget();
  };

  return (
    <>
      <p class={styles.lead}>{isRecovery() ? t("account.recoveryLead") : t("account.codeLead")}</p>
      <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
        <ProblemBanner problem={form.problem()} />
        {/* Keyed, so that the other field takes the focus too. */}
        <Show when={kind()} keyed>
          {(shown) => (
            <CodeField
              focused
              kind={shown}
              label={shown === "any" ? t("account.recoveryCode") : t("account.code")}
              error={form.fault("code")}
              value={typed()}
              onInput={setTyped}
            />
          )}
        </Show>
        <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>
          {form.busy() ? t("account.codeChecking") : t("account.codeContinue")}
        </Button>
      </form>
      <div class={styles.after}>
        <Button variant="quiet" onClick={() => change(!isRecovery())}>
          {isRecovery() ? t("account.useAuthenticator") : t("account.useRecovery")}
        </Button>
        <Button variant="quiet" onClick={() => props.onBack()}>
          {t("account.back")}
        </Button>
        <Show when={isRecovery()}>
          <p class={styles.note}>{t("account.lostBoth")}</p>
        </Show>
      </div>
    </>
  );
}

function codeFault(code: string, isRecovery: boolean): Fault {
  if (isRecovery) return code === "" ? "account.recoveryMissing" : undefined;
  return isWholeCode(code) ? undefined : "account.codeMissing";
}
