import { useSearchParams } from "@solidjs/router";
import Download from "lucide-solid/icons/download";
import X from "lucide-solid/icons/x";
import { createMemo, createSignal, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { saveFile } from "../../ui/saveFile.ts";
import { Select } from "../../ui/Select.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { createPagedList, type ListPage } from "../createPagedList.ts";
import { ListFrame } from "../ListFrame.tsx";
import { AuditList } from "./AuditList.tsx";
import { actionOptions } from "./actionOptions.ts";
import type { AuditEvent } from "./auditEvent.ts";
import { nameIn } from "./auditValues.ts";
import { decodeAuditFilter, type AuditFilter } from "./auditFilter.ts";
import forms from "../Form.module.css";

/** Who did what to whom, and when. What is filtered stands in the address, so that it can be passed on. */
export function AuditTab(): JSX.Element {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const filter = createMemo(() => decodeAuditFilter(params));
  const list = createPagedList({ query: filter, load: loadEvents });
  const about = (): string | undefined => filter().subject ?? filter().actor;
  return (
    <>
      <div class={forms.bar}>
        <div class={forms.search}>
          <Select
            label={t("audit.act")}
            options={[{ value: "", label: t("audit.anyAct") }, ...actionOptions(t)]}
            value={filter().action ?? ""}
            onChange={(action) => setParams({ action: action === "" ? undefined : action })}
          />
        </div>
        <div class={forms.acts}>
          <Show when={about()}>
            {(id) => (
              <Button
                icon={<X />}
                onClick={() => setParams({ actor: undefined, subject: undefined })}
              >
                {t(filter().subject === undefined ? "audit.onlyBy" : "audit.onlyAbout", {
                  name: nameIn(list.items() ?? [], id()) ?? "…",
                })}
              </Button>
            )}
          </Show>
          <DownloadButton filter={filter()} />
        </div>
      </div>
      <ListFrame
        list={list}
        empty={<EmptyState title={t("audit.emptyTitle")} text={t("audit.emptyText")} />}
      >
        {(events) => (
          <AuditList
            events={events()}
            onFilter={(chosen) => setParams({ actor: undefined, subject: undefined, ...chosen })}
          />
        )}
      </ListFrame>
    </>
  );
}

function DownloadButton(props: { readonly filter: AuditFilter }): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [busy, setBusy] = createSignal(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      const query = props.filter;
      saveFile(
        await dataOf(api.GET("/api/audit.csv", { params: { query }, parseAs: "blob" })),
        "audit.csv",
      );
    } catch (error) {
      toasts.show({ text: problemText(error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<Download />} busy={busy()} onClick={() => void download()}>
      {t("audit.download")}
    </Button>
  );
}

async function loadEvents(
  filter: AuditFilter,
  last: AuditEvent | undefined,
): Promise<ListPage<AuditEvent>> {
  const query = { ...filter, ...(last === undefined ? {} : { before: last.id }) };
  const { events, more } = await dataOf(api.GET("/api/audit", { params: { query } }));
  return { items: events, more };
}
