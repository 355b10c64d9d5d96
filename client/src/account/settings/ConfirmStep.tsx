import { createSignal, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { codeDigits, isWholeCode } from "../codeDigits.ts";
import { createForm } from "../createForm.ts";
import { CodeField } from "../door/CodeField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import styles from "./ConfirmStep.module.css";
import { CopyButton } from "./CopyButton.tsx";
import part from "./Part.module.css";
import { QrCode } from "./QrCode.tsx";

/** A secret that an authenticator is to know. */
export interface NewFactor {
  /** Base32. */
  readonly secret: string;
  /** otpauth:// */
  readonly uri: string;
}

/** Gives the secret to an authenticator, and lets it show that it has it. */
export function ConfirmStep(props: {
  readonly factor: NewFactor;
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
}): JSX.Element {
  const { t } = useI18n();
  const [typed, setTyped] = createSignal("");
  const form = createForm<"code">({
    check: () => ({
      code: isWholeCode(codeDigits(typed())) ? undefined : "account.codeMissing",
    }),
    send: async () => {
      const body = { code: codeDigits(typed()) };
      const { recoveryCodes } = await dataOf(api.POST("/api/me/second-factor/confirm", { body }));
      props.onConfirmed(recoveryCodes);
    },
    faultsOf: (problem) =>
      problemCode(problem) === "wrong_code" ? { code: "errors.wrong_code" } : {},
  });
  return (
    <form class={part.form} noValidate onSubmit={(event) => void form.submit(event)}>
      <p>{t("settings.factorScan")}</p>
      <QrCode text={props.factor.uri} label={t("settings.factorQr")} />
      <div class={styles.secret}>
        <p class={part.note}>{t("settings.factorSecret")}</p>
        <p class={styles.line}>
          <code class={styles.key}>{inGroups(props.factor.secret)}</code>
          <CopyButton text={props.factor.secret} />
        </p>
        {/* The authenticator of a phone that shows this page cannot scan its own screen. */}
        <a class={styles.open} href={props.factor.uri} target="_self" rel="external">
          {t("settings.factorOpen")}
        </a>
      </div>
      <ProblemBanner problem={form.problem()} />
      <CodeField
        focused
        label={t("settings.factorConfirmLabel")}
        error={form.fault("code")}
        value={typed()}
        onInput={setTyped}
      />
      <Button type="submit" variant="primary" busy={form.busy()}>
        {t("settings.factorConfirm")}
      </Button>
    </form>
  );
}

/** Four by four, as people read keys aloud. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}
