import { createSignal, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { createPagedList } from "../createPagedList.ts";
import forms from "../Form.module.css";
import { ListFrame } from "../ListFrame.tsx";
import type { GovernedSchool } from "./governedSchool.ts";
import { SchoolDialog } from "./SchoolDialog.tsx";
import styles from "./Schools.module.css";
import { SchoolTable } from "./SchoolTable.tsx";

const pageSize = 50;

/** Every school of this server, for those who run it: how much each uses, its limits, and whether it is open. */
export function SchoolsTab(): JSX.Element {
  const { t } = useI18n();
  const [chosen, setChosen] = createSignal<string>();
  const list = createPagedList<GovernedSchool, null>({
    query: () => null,
    load: async (_, last) => {
      const query = { limit: pageSize, ...(last ? { after: last.id } : {}) };
      const { schools, more } = await dataOf(api.GET("/api/schools", { params: { query } }));
      return { items: schools, more };
    },
  });
  const school = (): GovernedSchool | undefined => list.items()?.find(({ id }) => id === chosen());
  const replace = (changed: GovernedSchool): void =>
    list.change((schools) => schools.map((each) => (each.id === changed.id ? changed : each)));
  return (
    <>
      <p class={`${forms.hint ?? ""} ${styles.lead ?? ""}`}>{t("schools.lead")}</p>
      <ListFrame
        list={list}
        empty={<EmptyState title={t("schools.emptyTitle")} text={t("schools.emptyText")} />}
      >
        {(schools) => <SchoolTable schools={schools()} onChoose={setChosen} />}
      </ListFrame>
      <Show when={school()}>
        {(shown) => (
          <SchoolDialog school={shown()} onClose={() => setChosen(undefined)} onChanged={replace} />
        )}
      </Show>
    </>
  );
}
