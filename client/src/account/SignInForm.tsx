import type { JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { problemCode } from "../api/ApiProblem.ts";
import { useSignIn, type Credentials } from "../api/SignIn.tsx";
import { createConfig } from "../config.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";
import { schoolFault, type Faults } from "./checkFields.ts";
import { createForm } from "./createForm.ts";
import { PasswordField } from "./door/PasswordField.tsx";
import { ProblemBanner } from "./door/ProblemBanner.tsx";
import styles from "./door/Form.module.css";

export interface SignInFormProps {
  /** What was typed before, when one comes back from the second step. */
  readonly initial: Credentials;
  /** The school's short name as it stands in the field. */
  readonly school: string;
  readonly onSchool: (slug: string) => void;
  /** The server knows no school by the name in the field. */
  readonly isSchoolUnknown: boolean;
  readonly onSignedIn: (credentials: Credentials) => void;
  /** The password was right, and a code is asked for too. */
  readonly onSecondFactor: (credentials: Credentials) => void;
}

type Name = "school" | "email" | "password";

/** School, e-mail and password; says in words what is wrong with them. */
export function SignInForm(props: SignInFormProps): JSX.Element {
  const { t } = useI18n();
  const { signIn } = useSignIn();
  const config = createConfig();
  const [fields, setFields] = createStore({ ...props.initial });
  const credentials = (): Credentials => ({
    school: props.school.trim().toLowerCase(),
    email: fields.email.trim(),
    password: fields.password,
  });
  const form = createForm<Name>({
    check: () => checkCredentials({ ...fields, school: props.school }),
    send: async () => {
      const given = credentials();
      try {
        await signIn(given);
      } catch (problem) {
        if (problemCode(problem) !== "second_factor_required") throw problem;
        props.onSecondFactor(given);
        return;
      }
      props.onSignedIn(given);
    },
  });
  const text = (): string | undefined => {
    if (problemCode(form.problem()) !== "email_unverified") return undefined;
    return config()?.mail === false
      ? t("account.unverifiedNoMail")
      : t("account.unverified", { email: fields.email.trim() });
  };

  return (
    <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
      <ProblemBanner problem={form.problem()} text={text()} />
      <TextField
        label={t("account.school")}
        hint={props.isSchoolUnknown ? t("account.schoolUnknown") : t("account.schoolHint")}
        error={form.fault("school")}
        name="school"
        autocomplete="organization"
        autocapitalize="none"
        spellcheck={false}
        value={props.school}
        onInput={(value) => props.onSchool(value)}
      />
      <TextField
        label={t("account.email")}
        error={form.fault("email")}
        type="email"
        name="email"
        autocomplete="username"
        value={fields.email}
        onInput={(value) => setFields("email", value)}
      />
      <PasswordField
        label={t("account.password")}
        error={form.fault("password")}
        autocomplete="current-password"
        value={fields.password}
        onInput={(value) => setFields("password", value)}
      />
      <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>
        {form.busy() ? t("account.signingIn") : t("account.signIn")}
      </Button>
    </form>
  );
}

/** What is missing before the server need be asked. It is the server that says what is right. */
function checkCredentials({ school, email, password }: Credentials): Faults<Name> {
  return {
    school: schoolFault(school),
    email: email.trim() === "" ? "account.emailMissing" : undefined,
    password: password === "" ? "account.passwordMissing" : undefined,
  };
}
