import { For, Match, Switch, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";
import { MessageText } from "../../chat/MessageText.tsx";
import { createConfig } from "../../config.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { createPagedList } from "../createPagedList.ts";
import { ListFrame } from "../ListFrame.tsx";
import styles from "./MailTab.module.css";

type OutboxMail = components["schemas"]["OutboxMail"];

const pageSize = 50;

/** What a server without mail would have sent, for an admin to hand on. */
export function MailTab(): JSX.Element {
  const { t } = useI18n();
  const config = createConfig();
  return (
    <Switch fallback={<Spinner label={t("common.loading")} />}>
      <Match when={config()?.mail === true}>
        <EmptyState title={t("mail.sentTitle")} text={t("mail.sentText")} />
      </Match>
      <Match when={config()?.mail === false}>
        <Outbox />
      </Match>
    </Switch>
  );
}

function Outbox(): JSX.Element {
  const { t } = useI18n();
  const list = createPagedList<OutboxMail, null>({
    query: () => null,
    load: async (_, last) => {
      const query = { limit: pageSize, ...(last ? { before: last.id } : {}) };
      const { mails, more } = await dataOf(api.GET("/api/mails", { params: { query } }));
      return { items: mails, more };
    },
  });
  return (
    <div class={styles.outbox}>
      <Banner tone="info" announce="none">
        {t("mail.notice")}
      </Banner>
      <ListFrame
        list={list}
        empty={<EmptyState title={t("mail.emptyTitle")} text={t("mail.emptyText")} />}
      >
        {(mails) => (
          <ol class={styles.list}>
            <For each={mails()}>{(mail) => <MailCard mail={mail} />}</For>
          </ol>
        )}
      </ListFrame>
    </div>
  );
}

function MailCard(props: { readonly mail: OutboxMail }): JSX.Element {
  const { t, formatDay, formatTime } = useI18n();
  return (
    <li class={styles.mail}>
      <header class={styles.head}>
        <h2 class={styles.subject}>{props.mail.subject}</h2>
        <p class={styles.facts}>
          <span class={styles.to}>{t("mail.to", { address: props.mail.to })}</span>
          <Badge>{t(roleKeys[props.mail.recipientRole])}</Badge>
          <time dateTime={new Date(props.mail.createdAtMs).toISOString()}>
            {formatDay(props.mail.createdAtMs)}, {formatTime(props.mail.createdAtMs)}
          </time>
        </p>
      </header>
      <div class={styles.body}>
        <For each={props.mail.body.trim().split(/\n{2,}/)}>
          {(paragraph) => <MessageText text={paragraph} />}
        </For>
      </div>
    </li>
  );
}
