import { createSignal, onMount, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { createForm } from "../createForm.ts";
import { PasswordField } from "../door/PasswordField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import type { NewFactor } from "./ConfirmStep.tsx";
import styles from "./Part.module.css";

/** Proves who sits there, and begins with a new secret. */
export function PasswordStep(props: {
  readonly onBegun: (factor: NewFactor) => void;
}): JSX.Element {
  const { t } = useI18n();
  const [password, setPassword] = createSignal("");
  let place: HTMLFormElement | undefined;
  onMount(() => place?.querySelector("input")?.focus());
  const form = createForm<"password">({
    check: () => ({ password: password() === "" ? "account.passwordMissing" : undefined }),
    send: async () => {
      const body = { password: password() };
      props.onBegun(await dataOf(api.POST("/api/me/second-factor", { body })));
    },
    faultsOf: (problem) =>
      problemCode(problem) === "wrong_credentials" ? { password: "settings.passwordWrong" } : {},
  });
  return (
    <form
      ref={(element) => (place = element)}
      class={styles.form}
      noValidate
      onSubmit={(event) => void form.submit(event)}
    >
      <p>{t("settings.factorPasswordText")}</p>
      <ProblemBanner problem={form.problem()} />
      <PasswordField
        label={t("account.password")}
        error={form.fault("password")}
        autocomplete="current-password"
        value={password()}
        onInput={setPassword}
      />
      <Button type="submit" variant="primary" busy={form.busy()}>
        {t("settings.factorNext")}
      </Button>
    </form>
  );
}
