import LogOut from "lucide-solid/icons/log-out";
import Wrench from "lucide-solid/icons/wrench";
import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import type { User } from "../api/api.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { Menu } from "../ui/Menu.tsx";
import { opensAdmin } from "./opensAdmin.ts";
import { roleKeys } from "./roleKeys.ts";
import styles from "./Header.module.css";

/** Who is signed in, and the way out. */
export function AccountMenu(props: { readonly user: User }): JSX.Element {
  const { t } = useI18n();
  const signIn = useSignIn();
  const navigate = useNavigate();
  return (
    <Menu
      label={props.user.name}
      groups={[
        {
          title: props.user.school.name,
          items: [
            ...(opensAdmin(props.user.permissions)
              ? [
                  {
                    label: t("common.admin"),
                    icon: <Wrench />,
                    onSelect: () => navigate("/admin"),
                  },
                ]
              : []),
            {
              label: t("common.signOut"),
              icon: <LogOut />,
              // Gone here in any case; a server that cannot be reached lets the sign-in run out.
              onSelect: () => void signIn.signOut().catch(() => undefined),
            },
          ],
        },
      ]}
      trigger={(trigger) => (
        <button type="button" {...trigger} class={styles.account}>
          <Avatar id={props.user.id} name={props.user.name} />
          <span class={styles.who}>
            <span class={styles.name}>{props.user.name}</span>
            <span class={styles.role}>{t(roleKeys[props.user.role])}</span>
          </span>
        </button>
      )}
    />
  );
}
