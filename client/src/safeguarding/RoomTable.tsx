import { For, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { nameOfRoom, type SafeguardedRoom } from "./safeguardedRoom.ts";
import styles from "./SafeguardingPage.module.css";

const kindKeys = {
  class: "home.kindClass",
  group: "home.kindGroup",
  direct: "home.kindDirect",
} as const satisfies Record<SafeguardedRoom["kind"], string>;

/** How many names stand in a line. */
const maxNames = 6;

export interface RoomTableProps {
  readonly rooms: readonly SafeguardedRoom[];
  readonly onRead: (room: SafeguardedRoom) => void;
}

/** Rooms as cards: who is there, when something was said last, and the way in. */
export function RoomTable(props: RoomTableProps): JSX.Element {
  const { t } = useI18n();
  return (
    <ul class={styles.rooms} aria-label={t("safeguarding.table")}>
      <For each={props.rooms}>
        {(room) => <RoomLine room={room} onRead={() => props.onRead(room)} />}
      </For>
    </ul>
  );
}

function RoomLine(props: {
  readonly room: SafeguardedRoom;
  readonly onRead: () => void;
}): JSX.Element {
  const { t, formatDate, formatTime } = useI18n();
  const name = (): string => nameOfRoom(props.room, t("safeguarding.pair"));
  const names = (): string => {
    const shown = props.room.members.slice(0, maxNames);
    const count = props.room.memberCount - shown.length;
    return [...shown, ...(count > 0 ? [t("safeguarding.more", { count })] : [])].join(", ");
  };
  const last = (): string => {
    const atMs = props.room.lastSentAtMs;
    return atMs === null ? t("safeguarding.never") : `${formatDate(atMs)}, ${formatTime(atMs)}`;
  };
  return (
    <li class={styles.room}>
      <div class={styles.words}>
        <p class={styles.kind}>
          {t(kindKeys[props.room.kind])}
          <Show when={props.room.archived}>
            <Badge>{t("safeguarding.archived")}</Badge>
          </Show>
        </p>
        <h2 class={styles.name} dir="auto">
          {name()}
        </h2>
        <Show when={props.room.kind !== "direct"}>
          <p class={styles.faint}>{names()}</p>
        </Show>
        <p class={styles.faint}>
          {t("safeguarding.last")}: {last()}
        </p>
      </div>
      <Button
        aria-label={t("safeguarding.openNamed", { room: name() })}
        onClick={() => props.onRead()}
      >
        {t("safeguarding.open")}
      </Button>
    </li>
  );
}
