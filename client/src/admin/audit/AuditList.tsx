import ListFilter from "lucide-solid/icons/list-filter";
import { For, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import type { AuditEvent } from "./auditEvent.ts";
import { auditDetails } from "./auditDetails.ts";
import { auditValues } from "./auditValues.ts";
import styles from "./AuditList.module.css";

export interface AuditListProps {
  readonly events: readonly AuditEvent[];
  readonly onFilter: (filter: { readonly actor: string } | { readonly subject: string }) => void;
}

/** The log as sentences, newest first. */
export function AuditList(props: AuditListProps): JSX.Element {
  return (
    <ol class={styles.list}>
      <For each={props.events}>
        {(event) => <Entry event={event} onFilter={(filter) => props.onFilter(filter)} />}
      </For>
    </ol>
  );
}

interface EntryProps extends Pick<AuditListProps, "onFilter"> {
  readonly event: AuditEvent;
}

function Entry(props: EntryProps): JSX.Element {
  const { t, formatDay, formatTime, formatNumber } = useI18n();
  const details = () => auditDetails(props.event, { t, formatNumber });
  return (
    <li class={styles.entry}>
      <time class={styles.when} dateTime={new Date(props.event.atMs).toISOString()}>
        {formatDay(props.event.atMs)} {new Date(props.event.atMs).getFullYear()},{" "}
        {formatTime(props.event.atMs)}
      </time>
      <div class={styles.what}>
        <p>{t(`audit.act.${props.event.action}`, auditValues(props.event, t))}</p>
        <Show when={details().length > 0}>
          <dl class={styles.details}>
            <For each={details()}>
              {(detail) => (
                <div>
                  <dt>{detail.name}</dt>
                  <dd>
                    {detail.value}
                    <Show when={detail.was}>
                      {(was) => <span class={styles.was}> {t("audit.was", { value: was() })}</span>}
                    </Show>
                  </dd>
                </div>
              )}
            </For>
          </dl>
        </Show>
      </div>
      <FilterMenu {...props} />
    </li>
  );
}

function FilterMenu(props: EntryProps): JSX.Element {
  const { t } = useI18n();
  const items = (): readonly MenuItem[] => {
    const { actor, subject, person } = props.event;
    const by = actor.id;
    const about = [person, subject].flatMap((each) =>
      each === null || each.name === null || each.id === by ? [] : [each],
    );
    return [
      ...(by === null
        ? []
        : [
            {
              label: t("audit.onlyBy", { name: actor.name }),
              onSelect: () => props.onFilter({ actor: by }),
            },
            {
              label: t("audit.onlyAbout", { name: actor.name }),
              onSelect: () => props.onFilter({ subject: by }),
            },
          ]),
      ...about.map(({ id, name }) => ({
        label: t("audit.onlyAbout", { name: name ?? "" }),
        onSelect: () => props.onFilter({ subject: id }),
      })),
    ];
  };
  return (
    <Show when={items().length > 0}>
      <Menu
        label={t("audit.filter")}
        groups={[{ items: items() }]}
        trigger={(trigger) => (
          <IconButton {...trigger} label={t("audit.filter")} icon={<ListFilter />} tooltip="none" />
        )}
      />
    </Show>
  );
}
