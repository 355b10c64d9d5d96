import { For, Show, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { Badge } from "../../ui/Badge.tsx";
import lines from "../people/PeopleTable.module.css";
import tables from "../Table.module.css";
import type { GovernedSchool } from "./governedSchool.ts";

export interface SchoolTableProps {
  readonly schools: readonly GovernedSchool[];
  readonly onChoose: (id: string) => void;
}

/** One line a school, one card on a phone; a press anywhere in it opens it. */
export function SchoolTable(props: SchoolTableProps): JSX.Element {
  const { t } = useI18n();
  return (
    <table class={tables.table}>
      <caption class={tables.caption}>{t("admin.tabSchools")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("schools.school")}</th>
          <th scope="col">{t("schools.people")}</th>
          <th scope="col">{t("schools.rooms")}</th>
          <th scope="col">{t("schools.state")}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.schools}>
          {(school) => <Line school={school} onChoose={() => props.onChoose(school.id)} />}
        </For>
      </tbody>
    </table>
  );
}

interface LineProps {
  readonly school: GovernedSchool;
  readonly onChoose: () => void;
}

function Line(props: LineProps): JSX.Element {
  const { t, formatNumber } = useI18n();
  const { user } = useSignIn();
  const used = (used: number, most: number): string =>
    t("school.limitUse", { used: formatNumber(used), most: formatNumber(most) });
  return (
    <tr class={lines.line}>
      <th scope="row">
        <span class={tables.words}>
          <button type="button" class={lines.open} onClick={() => props.onChoose()}>
            {props.school.name}
            <Show when={props.school.slug === user()?.school.slug}> ({t("schools.own")})</Show>
          </button>
          <span class={tables.faint}>{props.school.slug}</span>
        </span>
      </th>
      <td data-label={t("schools.people")}>
        {used(props.school.use.users, props.school.limits.maxUsers)}
      </td>
      <td data-label={t("schools.rooms")}>
        {used(props.school.use.rooms, props.school.limits.maxRooms)}
      </td>
      <td data-label={t("schools.state")}>
        <SchoolBadge school={props.school} />
      </td>
    </tr>
  );
}

/** Whether a school is open, at a glance. */
export function SchoolBadge(props: { readonly school: GovernedSchool }): JSX.Element {
  const { t } = useI18n();
  return (
    <Show
      when={props.school.suspendedAtMs === null}
      fallback={<Badge tone="danger">{t("schools.closed")}</Badge>}
    >
      <Badge tone="success">{t("schools.open")}</Badge>
    </Show>
  );
}
