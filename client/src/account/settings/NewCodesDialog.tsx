import { createSignal, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { codeDigits, isWholeCode } from "../codeDigits.ts";
import { createForm } from "../createForm.ts";
import { CodeField } from "../door/CodeField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import styles from "./Part.module.css";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

/** New recovery codes in place of the old ones. */
export function NewCodesDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t } = useI18n();
  const [typed, setTyped] = createSignal("");
  const [codes, setCodes] = createSignal<readonly string[]>();
  const form = createForm<"code">({
    check: () => ({ code: isWholeCode(codeDigits(typed())) ? undefined : "account.codeMissing" }),
    send: async () => {
      const body = { code: codeDigits(typed()) };
      const reply = api.POST("/api/me/second-factor/recovery-codes", { body });
      setCodes((await dataOf(reply)).recoveryCodes);
    },
    faultsOf: (problem) =>
      problemCode(problem) === "wrong_code" ? { code: "errors.wrong_code" } : {},
  });
  return (
    <Dialog title={t("settings.recoveryNew")} onClose={() => props.onClose()}>
      <Show
        when={codes()}
        fallback={
          <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
            <p>{t("settings.recoveryNewText")}</p>
            <ProblemBanner problem={form.problem()} />
            <CodeField
              focused
              label={t("account.code")}
              error={form.fault("code")}
              value={typed()}
              onInput={setTyped}
            />
            <Button type="submit" variant="primary" busy={form.busy()}>
              {t("settings.recoveryMake")}
            </Button>
          </form>
        }
      >
        {(made) => <RecoveryCodes codes={made()} onKept={() => props.onClose()} />}
      </Show>
    </Dialog>
  );
}
