import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { RadioGroup } from "../../ui/RadioGroup.tsx";
import { InviteByLink } from "./InviteByLink.tsx";
import { InviteByMail } from "./InviteByMail.tsx";
import { InviteLink } from "./InviteLink.tsx";
import { InviteResults } from "./InviteResults.tsx";
import type { Invited } from "./invitation.ts";
import forms from "../Form.module.css";

export interface InviteDialogProps {
  readonly onClose: () => void;
  /** An invitation went out. */
  readonly onInvited?: (() => void) | undefined;
}

const formId = "invite-form";

/** Invites people by mail, or makes a link to be handed on; then tells what became of it. */
export function InviteDialog(props: InviteDialogProps): JSX.Element {
  const { t } = useI18n();
  const [way, setWay] = createSignal<"mail" | "link">("mail");
  const [done, setDone] = createSignal<Invited>();
  const [busy, setBusy] = createSignal(false);
  const finish = (invited: Invited): void => {
    setDone(invited);
    props.onInvited?.();
  };
  const shared = { id: formId, onBusy: setBusy, onDone: finish };
  return (
    <Dialog
      title={t("invite.title")}
      onClose={() => props.onClose()}
      footer={
        <Show
          when={done() === undefined}
          fallback={
            <>
              <Button onClick={() => setDone(undefined)}>{t("invite.again")}</Button>
              <Button variant="primary" onClick={() => props.onClose()}>
                {t("invite.finish")}
              </Button>
            </>
          }
        >
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy()}>
            {t(way() === "mail" ? "invite.send" : "invite.makeLink")}
          </Button>
        </Show>
      }
    >
      <Switch
        fallback={
          <div class={forms.form}>
            <RadioGroup
              label={t("invite.way")}
              layout="row"
              options={[
                { value: "mail", label: t("invite.byMail") },
                { value: "link", label: t("invite.byLink") },
              ]}
              value={way()}
              onChange={setWay}
            />
            <Show when={way() === "mail"} fallback={<InviteByLink {...shared} />}>
              <InviteByMail {...shared} />
            </Show>
          </div>
        }
      >
        <Match when={done()?.link}>{(link) => <InviteLink link={link()} />}</Match>
        <Match when={done()}>{(invited) => <InviteResults results={invited().results} />}</Match>
      </Switch>
    </Dialog>
  );
}
