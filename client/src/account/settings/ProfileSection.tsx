import { createSignal, Show, type JSX } from "solid-js";
import { api, type User } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { nameFault } from "../checkFields.ts";
import { createForm } from "../createForm.ts";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import { PictureField } from "../picture/PictureField.tsx";
import styles from "./Part.module.css";
import { Section } from "./Section.tsx";

/** How the others see one: picture and name; and the address that one signs in with. */
export function ProfileSection(props: { readonly user: User }): JSX.Element {
  const { t } = useI18n();
  return (
    <Section title={t("settings.profile")} text={t("settings.profileText")}>
      <PictureField user={props.user} />
      <Show
        when={props.user.role !== "student"}
        fallback={
          <div class={styles.fact}>
            <p class={styles.factName}>{t("settings.name")}</p>
            <p class={styles.factValue}>{props.user.name}</p>
            <p class={styles.note}>{t("settings.nameFixed")}</p>
          </div>
        }
      >
        <NameForm user={props.user} />
      </Show>
      <Show when={props.user.email}>
        {(email) => (
          <div class={styles.fact}>
            <p class={styles.factName}>{t("settings.email")}</p>
            <p class={styles.factValue}>{email()}</p>
            <p class={styles.note}>{t("settings.emailText")}</p>
          </div>
        )}
      </Show>
    </Section>
  );
}

function NameForm(props: { readonly user: User }): JSX.Element {
  const { t } = useI18n();
  const { changeUser } = useSignIn();
  const toasts = useToasts();
  // eslint-disable-next-line solid/reactivity -- what is typed is not overwritten by what comes meanwhile
  const [name, setName] = createSignal(props.user.name);
  const form = createForm<"name">({
    check: () => ({ name: nameFault(name()) }),
    send: async () => {
      changeUser(await dataOf(api.PATCH("/api/me", { body: { name: name().trim() } })));
      toasts.show({ text: t("settings.nameSaved"), tone: "success" });
    },
  });
  return (
    <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
      <ProblemBanner problem={form.problem()} />
      <TextField
        label={t("settings.name")}
        error={form.fault("name")}
        name="name"
        autocomplete="name"
        maxLength={60}
        value={name()}
        onInput={setName}
      />
      <Show when={name().trim() !== props.user.name}>
        <Button type="submit" variant="primary" busy={form.busy()}>
          {t("settings.nameSave")}
        </Button>
      </Show>
    </form>
  );
}
