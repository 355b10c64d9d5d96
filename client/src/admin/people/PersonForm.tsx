import { createMemo, createSignal, createUniqueId, Show, untrack, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { createForm } from "../../account/createForm.ts";
import { createConfig } from "../../config.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { isEmail } from "../invitations/parseAddresses.ts";
import type { Person, SchoolRole } from "./person.ts";
import { personChange } from "./personChange.ts";
import { roleOptions } from "./roleOptions.ts";
import styles from "./PersonDialog.module.css";

export interface PersonFormProps {
  readonly person: Person;
  readonly onChanged: (person: Person) => void;
}

/** Name, address and role of somebody else. A new role is asked for twice: everybody notices it. */
export function PersonForm(props: PersonFormProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const toasts = useToasts();
  const problemText = useProblemText();
  const config = createConfig();
  const formId = createUniqueId();
  const [name, setName] = createSignal(untrack(() => props.person.name));
  const [email, setEmail] = createSignal(untrack(() => props.person.email ?? ""));
  const [role, setRole] = createSignal<SchoolRole>(untrack(() => props.person.role));
  const [asksForRole, setAsksForRole] = createSignal(false);
  const change = createMemo(() =>
    personChange(props.person, { name: name(), email: email(), role: role() }),
  );
  const isChanged = (): boolean => Object.keys(change()).length > 0;

  const save = async (): Promise<void> => {
    const { id } = props.person;
    const body = change();
    const changed = await dataOf(api.PATCH("/api/people/{id}", { params: { path: { id } }, body }));
    toasts.show({ text: t("people.saved", { name: changed.name }), tone: "success" });
    setName(changed.name);
    setEmail(changed.email ?? "");
    props.onChanged(changed);
  };
  const saveAndClose = async (): Promise<void> => {
    await save();
    setAsksForRole(false);
  };
  const form = createForm<"name" | "email">({
    check: () => ({
      name: name().trim() === "" ? "people.nameMissing" : undefined,
      email: isEmail(email()) ? undefined : "people.emailInvalid",
    }),
    send: async () => {
      if (change().role === undefined) await save();
      else setAsksForRole(true);
    },
  });
  return (
    <form
      id={formId}
      class={styles.section}
      noValidate
      onSubmit={(event) => void form.submit(event)}
    >
      <h3>{t("people.details")}</h3>
      <Show when={form.problem() !== undefined}>
        <Banner tone="danger" announce="alert">
          {problemText(form.problem())}
        </Banner>
      </Show>
      <div class={styles.fields}>
        <TextField
          label={t("people.name")}
          error={form.fault("name")}
          maxLength={60}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <TextField
          type="email"
          label={t("people.email")}
          hint={
            change().email !== undefined && config()?.mail === true
              ? t("people.emailHint")
              : undefined
          }
          error={form.fault("email")}
          maxLength={254}
          autocomplete="off"
          value={email()}
          onInput={setEmail}
        />
        <Select
          label={t("people.role")}
          options={roleOptions(t, user()?.role as SchoolRole)}
          value={role()}
          onChange={(value) => setRole(value as SchoolRole)}
        />
      </div>
      <div class={styles.save}>
        <Button type="submit" variant="primary" disabled={!isChanged()} busy={form.busy()}>
          {t("common.save")}
        </Button>
      </div>
      <Show when={asksForRole()}>
        <ConfirmDialog
          title={t("people.roleTitle")}
          text={t(role() === "student" ? "people.roleTextStudent" : "people.roleText", {
            name: props.person.name,
            from: t(roleKeys[props.person.role]),
            to: t(roleKeys[role()]),
          })}
          confirm={t("people.roleConfirm")}
          onClose={() => setAsksForRole(false)}
          onConfirm={saveAndClose}
        />
      </Show>
    </form>
  );
}
