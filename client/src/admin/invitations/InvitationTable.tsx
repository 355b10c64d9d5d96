import { createSignal, For, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import type { PendingInvitation } from "./invitation.ts";
import tables from "../Table.module.css";

export interface InvitationTableProps {
  readonly invitations: readonly PendingInvitation[];
  readonly onChanged: (invitation: PendingInvitation) => void;
  readonly onRevoked: (id: string) => void;
}

/** Invitations that wait, each to be sent again or taken back. */
export function InvitationTable(props: InvitationTableProps): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const [revoking, setRevoking] = createSignal<PendingInvitation>();
  const revoke = async (id: string): Promise<void> => {
    await dataOf(api.DELETE("/api/invitations/{id}", { params: { path: { id } } }));
    setRevoking(undefined);
    toasts.show({ text: t("invite.revoked"), tone: "success" });
    props.onRevoked(id);
  };
  return (
    <>
      <table class={tables.table}>
        <caption class={tables.caption}>{t("admin.tabInvitations")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("invite.who")}</th>
            <th scope="col">{t("invite.role")}</th>
            <th scope="col">{t("invite.sent")}</th>
            <th scope="col">{t("invite.until")}</th>
            <td class={tables.acts} />
          </tr>
        </thead>
        <tbody>
          <For each={props.invitations}>
            {(invitation) => (
              <Line
                invitation={invitation}
                onChanged={(changed) => props.onChanged(changed)}
                onRevoke={() => setRevoking(invitation)}
              />
            )}
          </For>
        </tbody>
      </table>
      <Show when={revoking()} keyed>
        {(invitation) => (
          <ConfirmDialog
            title={t("invite.revokeTitle")}
            text={t(invitation.email === null ? "invite.revokeLink" : "invite.revokeMail", {
              email: invitation.email ?? "",
            })}
            confirm={t("invite.revoke")}
            danger
            onClose={() => setRevoking(undefined)}
            onConfirm={() => revoke(invitation.id)}
          />
        )}
      </Show>
    </>
  );
}

interface LineProps {
  readonly invitation: PendingInvitation;
  readonly onChanged: (invitation: PendingInvitation) => void;
  readonly onRevoke: () => void;
}

function Line(props: LineProps): JSX.Element {
  const { t, formatDay } = useI18n();
  const invitation = (): PendingInvitation => props.invitation;
  return (
    <tr>
      <th scope="row">
        <span class={tables.words}>
          {invitation().email ??
            t("invite.linkUsed", { used: invitation().used, of: invitation().maxUses })}
          <span class={tables.faint}>
            {[invitation().name, invitation().room?.name].filter(Boolean).join(" · ")}
          </span>
        </span>
      </th>
      <td data-label={t("invite.role")}>{t(roleKeys[invitation().role])}</td>
      <td data-label={t("invite.sent")}>
        <span class={tables.words}>
          {formatDay(invitation().createdAtMs)}
          <span class={tables.faint}>{invitation().createdBy}</span>
        </span>
      </td>
      <td data-label={t("invite.until")}>
        <Show
          when={!invitation().expired}
          fallback={<Badge tone="saffron">{t("invite.expired")}</Badge>}
        >
          {formatDay(invitation().expiresAtMs)}
        </Show>
      </td>
      <td class={tables.acts}>
        <div class={tables.actsRow}>
          <Show when={invitation().email !== null}>
            <ResendButton
              invitation={invitation()}
              onChanged={(changed) => props.onChanged(changed)}
            />
          </Show>
          <Button size="sm" variant="quiet" onClick={() => props.onRevoke()}>
            {t("invite.revoke")}
          </Button>
        </div>
      </td>
    </tr>
  );
}

function ResendButton(props: Pick<LineProps, "invitation" | "onChanged">): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [busy, setBusy] = createSignal(false);
  const resend = async (): Promise<void> => {
    const { id, email } = props.invitation;
    setBusy(true);
    try {
      const path = { id };
      props.onChanged(await dataOf(api.POST("/api/invitations/{id}/resend", { params: { path } })));
      toasts.show({ text: t("invite.resent", { email: email ?? "" }), tone: "success" });
    } catch (error) {
      toasts.show({ text: problemText(error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="sm" busy={busy()} onClick={() => void resend()}>
      {t("invite.resend")}
    </Button>
  );
}
