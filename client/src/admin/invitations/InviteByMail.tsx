import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { createForm } from "../../account/createForm.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import type { InviteFormProps } from "./InviteByLink.tsx";
import { NoMailNote } from "./NoMailNote.tsx";
import { maxAddresses, parseAddresses } from "./parseAddresses.ts";
import { TargetFields, type Target } from "./TargetFields.tsx";
import styles from "./InviteDialog.module.css";
import forms from "../Form.module.css";

/** Addresses as they are pasted, each looked at while one types. */
export function InviteByMail(props: InviteFormProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [text, setText] = createSignal("");
  const [target, setTarget] = createSignal<Target>({ role: "student", roomId: "" });
  const addresses = createMemo(() => parseAddresses(text()));
  const wrong = createMemo(() => addresses().filter(({ email }) => email === null));
  const fault = () => {
    if (addresses().length === 0) return "invite.addressesMissing" as const;
    if (wrong().length > 0) return "invite.addressesWrong" as const;
    return addresses().length > maxAddresses ? ("invite.addressesTooMany" as const) : undefined;
  };
  const form = createForm<"addresses">({
    check: () => ({ addresses: fault() }),
    send: async () => {
      props.onBusy(true);
      try {
        const { role, roomId } = target();
        const emails = addresses().flatMap(({ email }) => email ?? []);
        const room = roomId === "" ? {} : { roomId };
        props.onDone(
          await dataOf(api.POST("/api/invitations", { body: { emails, role, ...room } })),
        );
      } finally {
        props.onBusy(false);
      }
    },
  });
  return (
    <form id={props.id} class={forms.form} noValidate onSubmit={(event) => void form.submit(event)}>
      <Show when={form.problem() !== undefined}>
        <Banner tone="danger" announce="alert">
          {problemText(form.problem())}
        </Banner>
      </Show>
      <NoMailNote />
      <div>
        <TextArea
          label={t("invite.addresses")}
          hint={t("invite.addressesHint")}
          error={form.fault("addresses")}
          rows={4}
          autofocus
          autocomplete="off"
          spellcheck={false}
          value={text()}
          onInput={setText}
        />
        <p class={styles.count} aria-live="polite">
          <Show when={addresses().length > 0}>
            {t("invite.addressCount", { count: addresses().length - wrong().length })}
          </Show>
          <Show when={wrong().length > 0}>
            {" · "}
            <span class={styles.wrong}>{t("invite.wrongCount", { count: wrong().length })}</span>
          </Show>
        </p>
        <ul class={styles.wrongList}>
          <For each={wrong().slice(0, 8)}>{(address) => <li>{address.text}</li>}</For>
        </ul>
      </div>
      <TargetFields value={target()} onChange={setTarget} />
    </form>
  );
}
