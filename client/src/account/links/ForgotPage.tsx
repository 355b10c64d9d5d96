import { useSearchParams } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { createConfig } from "../../config.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { emailFault, schoolFault } from "../checkFields.ts";
import { createForm } from "../createForm.ts";
import { createSchoolSlug } from "../door/createSchoolSlug.ts";
import { createSchoolSign } from "../door/createSchoolSign.ts";
import { DoorPage } from "../door/DoorPage.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import styles from "../door/Form.module.css";

/** Asking for the link that sets a new password. The answer is the same whether there is such an account or not. */
export function ForgotPage(): JSX.Element {
  const { t } = useI18n();
  const [search] = useSearchParams<{ school?: string }>();
  const [school, setSchool] = createSchoolSlug(search.school);
  const [typed, setTyped] = createSignal("");
  const [sentTo, setSentTo] = createSignal<string>();
  const sign = createSchoolSign(school);
  const form = createForm<"school" | "email">({
    check: () => ({ school: schoolFault(school()), email: emailFault(typed()) }),
    send: async () => {
      const email = typed().trim();
      const body = { school: school().trim(), email };
      await dataOf(api.POST("/api/auth/forgot", { body }));
      setSentTo(email);
    },
  });

  return (
    <DoorPage
      title={sentTo() === undefined ? t("account.forgotTitle") : t("account.forgotSentTitle")}
      lead={sentTo() === undefined ? t("account.forgotLead") : undefined}
      school={sign.school()}
    >
      <Show
        when={sentTo()}
        fallback={
          <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
            <ProblemBanner problem={form.problem()} />
            <TextField
              label={t("account.school")}
              hint={sign.isUnknown() ? t("account.schoolUnknown") : t("account.schoolHint")}
              error={form.fault("school")}
              name="school"
              autocomplete="organization"
              autocapitalize="none"
              spellcheck={false}
              value={school()}
              onInput={setSchool}
            />
            <TextField
              label={t("account.email")}
              error={form.fault("email")}
              type="email"
              name="email"
              autocomplete="username"
              value={typed()}
              onInput={setTyped}
            />
            <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>
              {form.busy() ? t("account.forgotSending") : t("account.forgotSend")}
            </Button>
          </form>
        }
      >
        {(email) => <Sent email={email()} onAgain={() => setSentTo(undefined)} />}
      </Show>
      <div class={styles.after}>
        <ButtonLink href="/sign-in" variant="quiet">
          {t("account.backToSignIn")}
        </ButtonLink>
      </div>
    </DoorPage>
  );
}

function Sent(props: { readonly email: string; readonly onAgain: () => void }): JSX.Element {
  const { t } = useI18n();
  const config = createConfig();
  return (
    <div class={styles.form}>
      <Banner tone="success">{t("account.forgotSent", { email: props.email })}</Banner>
      <Show when={config()?.mail === false}>
        <Banner tone="info" announce="none">
          {t("account.forgotNoMail")}
        </Banner>
      </Show>
      <Button onClick={() => props.onAgain()}>{t("account.forgotAgain")}</Button>
    </div>
  );
}
