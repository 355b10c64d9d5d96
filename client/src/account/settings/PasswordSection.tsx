import type { JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { newPasswordFault } from "../checkFields.ts";
import { createForm } from "../createForm.ts";
import { NewPasswordField } from "../door/NewPasswordField.tsx";
import { PasswordField } from "../door/PasswordField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import { weakPassword } from "../weakPassword.ts";
import styles from "./Part.module.css";
import { Section } from "./Section.tsx";

const empty = { current: "", password: "" };

/** Another password, for those who know the present one. */
export function PasswordSection(): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const [fields, setFields] = createStore({ ...empty });
  const form = createForm<"current" | "password">({
    check: () => ({
      current: fields.current === "" ? "account.passwordMissing" : undefined,
      password: newPasswordFault(fields.password),
    }),
    send: async () => {
      await dataOf(api.POST("/api/me/password", { body: { ...fields } }));
      setFields(empty);
      toasts.show({ text: t("settings.passwordChanged"), tone: "success" });
    },
    faultsOf: (problem) =>
      problemCode(problem) === "wrong_credentials"
        ? { current: "settings.passwordWrong" }
        : weakPassword(problem),
  });
  return (
    <Section title={t("settings.password")} text={t("settings.passwordText")}>
      <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
        <ProblemBanner problem={form.problem()} />
        <PasswordField
          label={t("settings.passwordCurrent")}
          error={form.fault("current")}
          name="current-password"
          autocomplete="current-password"
          value={fields.current}
          onInput={(value) => setFields("current", value)}
        />
        <NewPasswordField
          label={t("account.newPassword")}
          error={form.fault("password")}
          value={fields.password}
          onInput={(value) => setFields("password", value)}
        />
        <Button type="submit" busy={form.busy()}>
          {t("settings.passwordChange")}
        </Button>
      </form>
    </Section>
  );
}
