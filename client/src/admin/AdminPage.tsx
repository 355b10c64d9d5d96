import { A, Navigate, useParams } from "@solidjs/router";
import { createMemo, For, Show, Suspense, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { MessageCard } from "../shell/MessageCard.tsx";
import { Page } from "../shell/Page.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { adminTabs, type AdminTab } from "./adminTabs.ts";
import styles from "./AdminPage.module.css";

/** The administration of one's school: a page of tabs, those that one's permissions open. */
export function AdminPage(): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const params = useParams<{ tab?: string }>();
  const tabs = createMemo(() =>
    adminTabs.filter(({ permission }) => user()?.permissions.includes(permission)),
  );
  const chosen = createMemo(() => tabs().find(({ name }) => name === params.tab));
  const title = (): string =>
    [chosen()?.label, "admin.title" as const]
      .flatMap((key) => (key === undefined ? [] : [t(key)]))
      .join(" · ");
  return (
    <Page title={title()}>
      <Show
        when={tabs()[0]}
        fallback={
          <MessageCard
            title={t("admin.closedTitle")}
            text={t("admin.closedText")}
            actions={<ButtonLink href="/">{t("common.toHome")}</ButtonLink>}
          />
        }
      >
        {(first) => (
          <Show when={chosen()} fallback={<Navigate href={`/admin/${first().name}`} />} keyed>
            {(tab) => (
              <>
                <p class={styles.school}>{user()?.school.name}</p>
                <h1 class={styles.title}>{t("admin.title")}</h1>
                <TabLinks tabs={tabs()} />
                <Suspense fallback={<Spinner label={t("common.loading")} />}>
                  <Dynamic component={tab.component} />
                </Suspense>
              </>
            )}
          </Show>
        )}
      </Show>
    </Page>
  );
}

function TabLinks(props: { readonly tabs: readonly AdminTab[] }): JSX.Element {
  const { t } = useI18n();
  return (
    <nav class={styles.tabs} aria-label={t("admin.title")}>
      <For each={props.tabs}>
        {(tab) => (
          <A href={`/admin/${tab.name}`} class={styles.tab} ref={showIfChosen}>
            {t(tab.label)}
          </A>
        )}
      </For>
    </nav>
  );
}

/** On a phone the tabs are wider than the screen. */
function showIfChosen(link: HTMLElement): void {
  queueMicrotask(() => {
    if (link.getAttribute("aria-current") === "page") {
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
}
