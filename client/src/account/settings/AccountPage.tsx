import { Show, type Accessor, type JSX } from "solid-js";
import type { User } from "../../api/api.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { MessageCard } from "../../shell/MessageCard.tsx";
import { Page } from "../../shell/Page.tsx";
import { OwnDataSection } from "../../rights/OwnDataSection.tsx";
import { RequireSignIn } from "../../shell/RequireSignIn.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Badge } from "../../ui/Badge.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import styles from "./AccountPage.module.css";
import { DevicesSection } from "./DevicesSection.tsx";
import { PasswordSection } from "./PasswordSection.tsx";
import { PreferencesSection } from "./PreferencesSection.tsx";
import { ProfileSection } from "./ProfileSection.tsx";
import { SecondFactorSection } from "./SecondFactorSection.tsx";

/** One's own account: how one is seen, how one likes it, and who may come in. */
export function AccountPage(): JSX.Element {
  const { t } = useI18n();
  return (
    <RequireSignIn>
      {(user) => (
        <Page title={t("settings.title")}>
          <Show when={user().role !== "guest"} fallback={<GuestCard />}>
            {/* Another person means another page: nothing that one typed stays for the next. */}
            <Show when={user().id} keyed>
              <Sections user={user} />
            </Show>
          </Show>
        </Page>
      )}
    </RequireSignIn>
  );
}

function Sections(props: { readonly user: Accessor<User> }): JSX.Element {
  const { t } = useI18n();
  return (
    <>
      <header class={styles.header}>
        <h1>{t("settings.title")}</h1>
        <p class={styles.lead}>
          {props.user().school.name}
          <Badge>{t(roleKeys[props.user().role])}</Badge>
        </p>
      </header>
      <ProfileSection user={props.user()} />
      <PreferencesSection />
      <PasswordSection />
      <SecondFactorSection user={props.user()} />
      <DevicesSection />
      <OwnDataSection />
    </>
  );
}

function GuestCard(): JSX.Element {
  const { t } = useI18n();
  return (
    <MessageCard
      title={t("settings.guestTitle")}
      text={t("settings.guestText")}
      actions={
        <>
          <ButtonLink href="/" variant="primary">
            {t("common.toHome")}
          </ButtonLink>
          <ButtonLink href="/sign-in">{t("common.signIn")}</ButtonLink>
        </>
      }
    />
  );
}
