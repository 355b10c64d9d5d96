import { Show, type JSX } from "solid-js";
import type { User } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Page } from "../shell/Page.tsx";
import { RequireSignIn } from "../shell/RequireSignIn.tsx";
import { MessagePage } from "../shell/MessagePage.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Overview } from "./Overview.tsx";

/** The start page: a person's day. */
export function HomePage(): JSX.Element {
  const { t } = useI18n();
  return (
    <RequireSignIn>
      {(user) => (
        <Show
          // A new person means a new page: nothing of the last one's stays.
          keyed
          when={user().guestOf === null && user().id}
          fallback={<GuestHome user={user()} />}
        >
          <Page title={t("home.title")}>
            <Overview user={user()} />
          </Page>
        </Show>
      )}
    </RequireSignIn>
  );
}

/** Guests have one class and nothing else. */
function GuestHome(props: { readonly user: User }): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t("home.guestTitle")}
      text={t("home.guestText")}
      actions={
        <>
          <ButtonLink href={`/class/${props.user.guestOf ?? ""}`} variant="primary">
            {t("home.guestBack")}
          </ButtonLink>
          <ButtonLink href="/sign-in">{t("common.signIn")}</ButtonLink>
        </>
      }
    />
  );
}
