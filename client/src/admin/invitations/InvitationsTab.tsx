import FileSpreadsheet from "lucide-solid/icons/file-spreadsheet";
import UserPlus from "lucide-solid/icons/user-plus";
import { createSignal, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { createPagedList, type ListPage } from "../createPagedList.ts";
import { ImportDialog } from "../import/ImportDialog.tsx";
import { ListFrame } from "../ListFrame.tsx";
import type { PendingInvitation } from "./invitation.ts";
import { InvitationTable } from "./InvitationTable.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import forms from "../Form.module.css";

/** Who was invited and has not come yet, and the links that are still open. */
export function InvitationsTab(): JSX.Element {
  const { t } = useI18n();
  const [open, setOpen] = createSignal<"invite" | "import">();
  const list = createPagedList({ query: () => null, load: loadInvitations });
  return (
    <>
      <div class={forms.bar}>
        <p class={forms.hint}>{t("invite.lead")}</p>
        <div class={forms.acts}>
          <Button icon={<FileSpreadsheet />} onClick={() => setOpen("import")}>
            {t("people.import")}
          </Button>
          <Button variant="primary" icon={<UserPlus />} onClick={() => setOpen("invite")}>
            {t("people.invite")}
          </Button>
        </div>
      </div>
      <ListFrame
        list={list}
        empty={<EmptyState title={t("invite.emptyTitle")} text={t("invite.emptyText")} />}
      >
        {(invitations) => (
          <InvitationTable
            invitations={invitations()}
            onChanged={(changed) =>
              list.change((all) => all.map((each) => (each.id === changed.id ? changed : each)))
            }
            onRevoked={(id) => list.change((all) => all.filter((each) => each.id !== id))}
          />
        )}
      </ListFrame>
      <Show when={open() === "invite"}>
        <InviteDialog onClose={() => setOpen(undefined)} onInvited={() => void list.reload()} />
      </Show>
      <Show when={open() === "import"}>
        <ImportDialog onClose={() => setOpen(undefined)} onImported={() => void list.reload()} />
      </Show>
    </>
  );
}

async function loadInvitations(
  _query: null,
  last: PendingInvitation | undefined,
): Promise<ListPage<PendingInvitation>> {
  const query = last === undefined ? {} : { after: last.id };
  const { invitations, more } = await dataOf(api.GET("/api/invitations", { params: { query } }));
  return { items: invitations, more };
}
