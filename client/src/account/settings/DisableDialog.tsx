import type { JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import type { Faults } from "../checkFields.ts";
import { codeDigits, isWholeCode } from "../codeDigits.ts";
import { createForm } from "../createForm.ts";
import { CodeField } from "../door/CodeField.tsx";
import { PasswordField } from "../door/PasswordField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import styles from "./Part.module.css";

type Name = "password" | "code";

/** Doing without the second factor, for those who have both still. */
export function DisableDialog(props: {
  readonly onOff: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const [fields, setFields] = createStore({ password: "", code: "" });
  const form = createForm<Name>({
    check: () => ({
      password: fields.password === "" ? "account.passwordMissing" : undefined,
      code: fields.code.trim() === "" ? "settings.codeMissing" : undefined,
    }),
    send: async () => {
      const body = { password: fields.password, code: digitsOrRecovery(fields.code) };
      await dataOf(api.POST("/api/me/second-factor/disable", { body }));
      props.onOff();
    },
    faultsOf,
  });
  return (
    <Dialog
      title={t("settings.factorDisableTitle")}
      description={t("settings.factorDisableText")}
      onClose={() => props.onClose()}
    >
      <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
        <ProblemBanner problem={form.problem()} />
        <PasswordField
          label={t("account.password")}
          error={form.fault("password")}
          autocomplete="current-password"
          value={fields.password}
          onInput={(value) => setFields("password", value)}
        />
        <CodeField
          kind="any"
          label={t("settings.codeOrRecovery")}
          error={form.fault("code")}
          value={fields.code}
          onInput={(value) => setFields("code", value)}
        />
        <Button type="submit" variant="danger" busy={form.busy()}>
          {t("settings.factorDisable")}
        </Button>
      </form>
    </Dialog>
  );
}

function digitsOrRecovery(typed: string): string {
  const digits = codeDigits(typed);
  return isWholeCode(digits) && /^[\d\s-]*$/.test(typed) ? digits : typed.trim();
}

function faultsOf(problem: unknown): Faults<Name> {
  const code = problemCode(problem);
  if (code === "wrong_credentials") return { password: "settings.passwordWrong" };
  return code === "wrong_code" ? { code: "errors.wrong_code" } : {};
}
