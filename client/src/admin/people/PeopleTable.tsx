import { For, Show, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Badge } from "../../ui/Badge.tsx";
import type { Person } from "./person.ts";
import { useLastSeen } from "./useLastSeen.ts";
import styles from "./PeopleTable.module.css";
import tables from "../Table.module.css";

export interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly onChoose: (id: string) => void;
}

/** One line a person, one card on a phone; a press anywhere in it opens them. */
export function PeopleTable(props: PeopleTableProps): JSX.Element {
  const { t } = useI18n();
  return (
    <table class={tables.table}>
      <caption class={tables.caption}>{t("admin.tabPeople")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("people.name")}</th>
          <th scope="col">{t("people.role")}</th>
          <th scope="col">{t("people.lastSeen")}</th>
          <th scope="col">{t("people.account")}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.people}>
          {(person) => <Line person={person} onChoose={() => props.onChoose(person.id)} />}
        </For>
      </tbody>
    </table>
  );
}

function Line(props: { readonly person: Person; readonly onChoose: () => void }): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const lastSeen = useLastSeen();
  return (
    <tr class={styles.line}>
      <th scope="row">
        <div class={tables.who}>
          <Avatar id={props.person.id} name={props.person.name} />
          <span class={tables.words}>
            <button type="button" class={styles.open} onClick={() => props.onChoose()}>
              {props.person.name}
              <Show when={props.person.id === user()?.id}> ({t("common.you")})</Show>
            </button>
            <span class={tables.faint}>{props.person.email}</span>
          </span>
        </div>
      </th>
      <td data-label={t("people.role")}>{t(roleKeys[props.person.role])}</td>
      <td data-label={t("people.lastSeen")} class={tables.when}>
        {lastSeen(props.person.lastSeenAtMs)}
      </td>
      <td data-label={t("people.account")}>
        <PersonBadges person={props.person} />
      </td>
    </tr>
  );
}

/** What is to be known of an account at a glance. */
export function PersonBadges(props: { readonly person: Person }): JSX.Element {
  const { t } = useI18n();
  return (
    <span class={tables.badges}>
      <Show
        when={props.person.status === "active"}
        fallback={<Badge tone="danger">{t("people.deactivated")}</Badge>}
      >
        <Show
          when={props.person.emailVerified !== false}
          fallback={<Badge tone="saffron">{t("people.unverified")}</Badge>}
        >
          <Badge tone="success">{t("people.active")}</Badge>
        </Show>
      </Show>
      <Show when={props.person.secondFactor === true}>
        <Badge tone="primary">{t("people.secondFactor")}</Badge>
      </Show>
    </span>
  );
}
