import { createSignal, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { createForm } from "../../account/createForm.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import type { Invited } from "./invitation.ts";
import { TargetFields, type Target } from "./TargetFields.tsx";
import styles from "./InviteDialog.module.css";
import forms from "../Form.module.css";

export interface InviteFormProps {
  /** For the button outside that sends it. */
  readonly id: string;
  readonly onBusy: (busy: boolean) => void;
  readonly onDone: (invited: Invited) => void;
}

const lifetimesInDays = [1, 7, 30, 90] as const;
const mostUses = 10_000;

/** A link that lets in whoever has it: so many, for so long. */
export function InviteByLink(props: InviteFormProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [target, setTarget] = createSignal<Target>({ role: "student", roomId: "" });
  const [uses, setUses] = createSignal("30");
  const [days, setDays] = createSignal("7");
  const areUsesGood = (): boolean => {
    const count = Number(uses());
    return Number.isInteger(count) && count >= 1 && count <= mostUses;
  };
  const form = createForm<"uses">({
    check: () => ({ uses: areUsesGood() ? undefined : "invite.usesWrong" }),
    send: async () => {
      props.onBusy(true);
      try {
        const { role, roomId } = target();
        const link = { maxUses: Number(uses()), expiresInDays: Number(days()) };
        const room = roomId === "" ? {} : { roomId };
        props.onDone(await dataOf(api.POST("/api/invitations", { body: { link, role, ...room } })));
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
      <p class={forms.hint}>{t("invite.linkLead")}</p>
      <div class={styles.pair}>
        <TextField
          label={t("invite.uses")}
          error={form.fault("uses")}
          inputMode="numeric"
          autocomplete="off"
          maxLength={5}
          value={uses()}
          onInput={setUses}
        />
        <Select
          label={t("invite.lifetime")}
          options={lifetimesInDays.map((count) => ({
            value: String(count),
            label: t("invite.days", { count }),
          }))}
          value={days()}
          onChange={setDays}
        />
      </div>
      <TargetFields value={target()} onChange={setTarget} />
    </form>
  );
}
