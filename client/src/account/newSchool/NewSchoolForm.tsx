import { createSignal, type JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { api, type SignedIn } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { emailFault, nameFault, newPasswordFault, newSlugFault } from "../checkFields.ts";
import { createForm } from "../createForm.ts";
import { LanguageField } from "../door/LanguageField.tsx";
import { NewPasswordField } from "../door/NewPasswordField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import styles from "../door/Form.module.css";
import { makeSlug } from "../makeSlug.ts";
import { weakPassword } from "../weakPassword.ts";

type Name = "school" | "slug" | "name" | "email" | "password";

export interface NewSchoolFormProps {
  /** The school is there: its founder is signed in, or has an address to confirm first. */
  readonly onMade: (slug: string, made: SignedIn | { readonly verify: string }) => void;
}

/** The school and its first administrator. */
export function NewSchoolForm(props: NewSchoolFormProps): JSX.Element {
  const { t, language } = useI18n();
  const [fields, setFields] = createStore<Record<Name, string>>({
    school: "",
    slug: "",
    name: "",
    email: "",
    password: "",
  });
  // The name suggests the short name until somebody writes their own.
  const [isOwnSlug, setIsOwnSlug] = createSignal(false);
  const form = createForm<Name>({
    check: () => ({
      school: fields.school.trim() === "" ? "account.newSchoolNameMissing" : undefined,
      slug: newSlugFault(fields.slug),
      name: nameFault(fields.name),
      email: emailFault(fields.email),
      password: newPasswordFault(fields.password),
    }),
    send: async () => {
      const { slug, password } = fields;
      const admin = { name: fields.name.trim(), email: fields.email.trim(), password };
      const body = { name: fields.school.trim(), slug, admin, language: language() };
      const made = await dataOf(api.POST("/api/schools", { body }));
      props.onMade(slug, "verify" in made ? { verify: admin.email } : made);
    },
    faultsOf: (problem) =>
      problemCode(problem) === "taken"
        ? { slug: "account.newSchoolSlugTaken" }
        : weakPassword(problem),
  });

  return (
    <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
      <ProblemBanner problem={form.problem()} />
      <TextField
        label={t("account.newSchoolName")}
        error={form.fault("school")}
        name="organization"
        autocomplete="organization"
        maxLength={120}
        value={fields.school}
        onInput={(value) => {
          setFields("school", value);
          if (!isOwnSlug()) setFields("slug", makeSlug(value));
        }}
      />
      <TextField
        label={t("account.newSchoolSlug")}
        hint={t("account.newSchoolSlugHint")}
        error={form.fault("slug")}
        name="slug"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={60}
        value={fields.slug}
        onInput={(value) => {
          setFields("slug", value.toLowerCase());
          setIsOwnSlug(value !== "");
        }}
      />
      <LanguageField />
      <div class={styles.group} role="group" aria-labelledby="new-school-admin">
        <h2 id="new-school-admin" class={styles.groupTitle}>
          {t("account.newSchoolYou")}
        </h2>
        <TextField
          label={t("account.name")}
          error={form.fault("name")}
          name="name"
          autocomplete="name"
          maxLength={60}
          value={fields.name}
          onInput={(value) => setFields("name", value)}
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
        <NewPasswordField
          label={t("account.password")}
          error={form.fault("password")}
          value={fields.password}
          onInput={(value) => setFields("password", value)}
        />
      </div>
      <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>
        {form.busy() ? t("account.creating") : t("account.newSchoolCreate")}
      </Button>
    </form>
  );
}
