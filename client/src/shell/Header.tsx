import { useLocation } from "@solidjs/router";
import { Show, type JSX } from "solid-js";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { Brand } from "./Brand.tsx";
import { NotificationsButton } from "./NotificationsButton.tsx";
import { SchoolLogo } from "./SchoolLogo.tsx";
import { SettingsMenu } from "./SettingsMenu.tsx";
import styles from "./Header.module.css";

/** The bar at the top of every page but the classroom. */
export function Header(): JSX.Element {
  const { t } = useI18n();
  const { user, ready } = useSignIn();
  const location = useLocation();
  const offersSignIn = (): boolean =>
    ready() && user() === null && location.pathname !== "/sign-in";
  return (
    <header class={styles.header} style={{ "--school": user()?.school.colour }}>
      <div class={styles.inner}>
        <div class={styles.start}>
          <Brand />
          <Show when={user()}>{(signedIn) => <SchoolLogo school={signedIn().school} />}</Show>
        </div>
        <div class={styles.end}>
          <NotificationsButton />
          <SettingsMenu />
          <Show when={user()}>{(signedIn) => <AccountMenu user={signedIn()} />}</Show>
          <Show when={offersSignIn()}>
            <ButtonLink href="/sign-in" variant="quiet">
              {t("common.signIn")}
            </ButtonLink>
          </Show>
        </div>
      </div>
    </header>
  );
}
