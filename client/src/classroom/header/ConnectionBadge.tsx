import CloudOff from "lucide-solid/icons/cloud-off";
import RefreshCw from "lucide-solid/icons/refresh-cw";
import Unplug from "lucide-solid/icons/unplug";
import Wifi from "lucide-solid/icons/wifi";
import WifiOff from "lucide-solid/icons/wifi-off";
import type { JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import { useI18n } from "../../i18n/I18n.tsx";
import { classNames } from "../../ui/classNames.ts";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import styles from "./ConnectionBadge.module.css";
import { connectionWord, type ConnectionWord } from "./connectionWord.ts";

const icons: Record<ConnectionWord, typeof Wifi> = {
  connecting: Unplug,
  connected: Wifi,
  reconnecting: Unplug,
  restarting: RefreshCw,
  offline: WifiOff,
  closed: CloudOff,
};

/**
 * How the line to the class is, in an icon and a word; a press shows how much of the class one takes, and what it
 * costs. On a phone a good line, and a restart that a banner tells of, show the icon only.
 */
export function ConnectionBadge(): JSX.Element {
  const { t } = useI18n();
  const { room, ladder } = useClassroom();
  const word = () => connectionWord(room.connection.state(), room.state().status);
  return (
    <button
      type="button"
      class={classNames(styles.badge, styles[word()])}
      data-connection={word()}
      aria-haspopup="dialog"
      title={t("ladder.title")}
      onClick={() => ladder.setOpen(true)}
    >
      <Dynamic component={icons[word()]} aria-hidden="true" />
      <span class={styles.word}>{t(`classroom.connection.${word()}`)}</span>
      <VisuallyHidden>. {t("ladder.title")}</VisuallyHidden>
    </button>
  );
}
