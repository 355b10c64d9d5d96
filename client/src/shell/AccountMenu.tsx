import { useNavigate } from "@solidjs/router";
import CircleUser from "lucide-solid/icons/circle-user";
import LogOut from "lucide-solid/icons/log-out";
import ShieldCheck from "lucide-solid/icons/shield-check";
import Wrench from "lucide-solid/icons/wrench";
import type { JSX } from "solid-js";
import type { User } from "../api/api.ts";
import { usePicture } from "../api/usePicture.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { Menu, type MenuItem } from "../ui/Menu.tsx";
import { createSignOut } from "./createSignOut.tsx";
import { opensAdmin } from "./opensAdmin.ts";
import { roleKeys } from "./roleKeys.ts";
import styles from "./Header.module.css";

/** Who is signed in, the way to their account, and the way out. */
export function AccountMenu(props: { readonly user: User }): JSX.Element {
  const { t } = useI18n();
  const navigate = useNavigate();
  const picture = usePicture(() => props.user.picture);
  const signOut = createSignOut(() => props.user);
  const items = (): MenuItem[] => [
    // Guests have a name and one class, and nothing that is kept.
    ...(props.user.role === "guest"
      ? []
      : [
          {
            label: t("common.account"),
            icon: <CircleUser />,
            onSelect: () => navigate("/account"),
          },
        ]),
    ...(props.user.permissions.includes("safeguarding.read")
      ? [
          {
            label: t("common.safeguardingPage"),
            icon: <ShieldCheck />,
            onSelect: () => navigate("/safeguarding"),
          },
        ]
      : []),
    ...(opensAdmin(props.user.permissions)
      ? [{ label: t("common.admin"), icon: <Wrench />, onSelect: () => navigate("/admin") }]
      : []),
    { label: t("common.signOut"), icon: <LogOut />, onSelect: signOut.leave },
  ];
  return (
    <>
      <Menu
        label={props.user.name}
        groups={[{ title: props.user.school.name, items: items() }]}
        trigger={(trigger) => (
          <button type="button" {...trigger} class={styles.account}>
            <Avatar id={props.user.id} name={props.user.name} picture={picture()} />
            <span class={styles.who}>
              <span class={styles.name}>{props.user.name}</span>
              <span class={styles.role}>{t(roleKeys[props.user.role])}</span>
            </span>
          </button>
        )}
      />
      <signOut.Warning />
    </>
  );
}
