import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import { createSignal, onMount, Show, type JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { useSignIn } from "../api/SignIn.tsx";
import { useProblemText } from "../api/useProblemText.ts";
import { loadConfig } from "../config.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { TextField } from "../ui/TextField.tsx";
import { checkCredentials, hasFaults, type CredentialFaults } from "./checkCredentials.ts";
import { loadSchool, storeSchool } from "./rememberedSchool.ts";
import styles from "./SignInPage.module.css";

/** School, e-mail and password; says in words what is wrong with them. */
export function SignInForm(props: { readonly onSignedIn: () => void }): JSX.Element {
  const { t } = useI18n();
  const { signIn } = useSignIn();
  const problemText = useProblemText();
  const [fields, setFields] = createStore({ school: loadSchool(), email: "", password: "" });
  const [faults, setFaults] = createStore<CredentialFaults>({});
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);
  const [visible, setVisible] = createSignal(false);
  let form: HTMLFormElement | undefined;

  onMount(() => {
    void loadConfig().then(({ demo }) => {
      if (demo) setFields("school", (typed) => (typed === "" ? "demo" : typed));
    });
  });

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy()) return;
    const found = checkCredentials(fields);
    setFaults({ school: undefined, email: undefined, password: undefined, ...found });
    setProblem(undefined);
    if (hasFaults(found)) {
      form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    setBusy(true);
    try {
      await signIn({ ...fields, school: fields.school.trim(), email: fields.email.trim() });
      storeSchool(fields.school.trim());
      props.onSignedIn();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const fault = (name: keyof CredentialFaults): string | undefined => {
    const key = faults[name];
    return key === undefined ? undefined : t(key);
  };

  return (
    <form
      ref={(element) => (form = element)}
      class={styles.form}
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <Show when={problem() !== undefined}>
        <Banner tone="danger" announce="alert">
          {problemText(problem())}
        </Banner>
      </Show>
      <TextField
        label={t("account.school")}
        hint={t("account.schoolHint")}
        error={fault("school")}
        name="school"
        autocomplete="organization"
        autocapitalize="none"
        spellcheck={false}
        value={fields.school}
        onInput={(value) => setFields("school", value)}
      />
      <TextField
        label={t("account.email")}
        error={fault("email")}
        type="email"
        name="email"
        autocomplete="username"
        value={fields.email}
        onInput={(value) => setFields("email", value)}
      />
      <TextField
        label={t("account.password")}
        error={fault("password")}
        type={visible() ? "text" : "password"}
        name="password"
        autocomplete="current-password"
        autocapitalize="none"
        spellcheck={false}
        value={fields.password}
        onInput={(value) => setFields("password", value)}
        action={
          <IconButton
            label={visible() ? t("account.hidePassword") : t("account.showPassword")}
            icon={visible() ? <EyeOff /> : <Eye />}
            onClick={() => setVisible((before) => !before)}
          />
        }
      />
      <Button type="submit" variant="primary" size="lg" wide busy={busy()}>
        {busy() ? t("account.signingIn") : t("account.signIn")}
      </Button>
    </form>
  );
}
