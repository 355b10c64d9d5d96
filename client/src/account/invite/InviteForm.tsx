import { Show, type JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { api, type SignedIn } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { emailFault, nameFault, newPasswordFault } from "../checkFields.ts";
import { createForm } from "../createForm.ts";
import { LanguageField } from "../door/LanguageField.tsx";
import { NewPasswordField } from "../door/NewPasswordField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import styles from "../door/Form.module.css";
import { weakPassword } from "../weakPassword.ts";

export interface InviteFormProps {
  readonly door: components["schemas"]["OpenDoor"];
  readonly token: string;
  readonly onSignedIn: (signedIn: SignedIn) => void;
  /** The account is there, and its address has to be confirmed first. */
  readonly onVerify: (email: string) => void;
  readonly onGone: () => void;
}

/** What an invitation leaves open: name, address, password and language. */
export function InviteForm(props: InviteFormProps): JSX.Element {
  const { t, language } = useI18n();
  // eslint-disable-next-line solid/reactivity -- what the invitation said when it was opened
  const { name, email } = props.door;
  const [fields, setFields] = createStore({ name: name ?? "", email: "", password: "" });
  const address = (): string => email ?? fields.email.trim();
  const form = createForm<"name" | "email" | "password">({
    check: () => ({
      name: nameFault(fields.name),
      email: email === null ? emailFault(fields.email) : undefined,
      password: newPasswordFault(fields.password),
    }),
    send: async () => {
      const given = {
        token: props.token,
        name: fields.name.trim(),
        password: fields.password,
        language: language(),
        ...(email === null ? { email: address() } : {}),
      };
      try {
        const accepted = await dataOf(api.POST("/api/invitations/accept", { body: given }));
        if ("verify" in accepted) props.onVerify(address());
        else props.onSignedIn(accepted);
      } catch (problem) {
        if (problemCode(problem) !== "link_invalid") throw problem;
        props.onGone();
      }
    },
    faultsOf: (problem) =>
      problemCode(problem) === "taken" && email === null
        ? { email: "account.inviteTaken" }
        : weakPassword(problem),
  });

  return (
    <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
      <ProblemBanner problem={form.problem()} />
      <TextField
        label={t("account.name")}
        hint={t("account.nameHint")}
        error={form.fault("name")}
        name="name"
        autocomplete="name"
        maxLength={60}
        value={fields.name}
        onInput={(value) => setFields("name", value)}
      />
      <Show when={email === null}>
        <TextField
          label={t("account.email")}
          error={form.fault("email")}
          type="email"
          name="email"
          autocomplete="username"
          value={fields.email}
          onInput={(value) => setFields("email", value)}
        />
      </Show>
      <NewPasswordField
        label={t("account.password")}
        error={form.fault("password")}
        value={fields.password}
        onInput={(value) => setFields("password", value)}
      />
      <LanguageField />
      <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>
        {form.busy() ? t("account.creating") : t("account.inviteAccept")}
      </Button>
    </form>
  );
}
