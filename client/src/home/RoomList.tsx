import Plus from "lucide-solid/icons/plus";
import { For, Show, type JSX } from "solid-js";
import type { Room } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { RoomCard } from "./RoomCard.tsx";
import styles from "./Overview.module.css";

export interface RoomListProps {
  readonly rooms: readonly Room[];
  /** Whether the person may make rooms. */
  readonly teaches: boolean;
  readonly onStart: (roomId: string) => void;
  readonly onNewRoom: () => void;
  /** Who belongs to a room has changed. */
  readonly onChanged: () => void;
}

/** The rooms of a person, and the way to another one. */
export function RoomList(props: RoomListProps): JSX.Element {
  const { t } = useI18n();
  const hasRooms = (): boolean => props.rooms.length > 0;
  return (
    <section aria-labelledby="rooms">
      <div class={styles.headingLine}>
        <h2 id="rooms" class={styles.heading}>
          {t("home.rooms")}
        </h2>
        <Show when={props.teaches && hasRooms()}>
          <Button size="sm" variant="quiet" icon={<Plus />} onClick={() => props.onNewRoom()}>
            {t("home.newRoom")}
          </Button>
        </Show>
      </div>
      <Show
        when={hasRooms()}
        fallback={
          <div class={styles.card}>
            <EmptyState
              level={3}
              title={t("home.noRoomsTitle")}
              text={t(props.teaches ? "home.noRoomsTeacher" : "home.noRoomsStudent")}
              action={
                <Show when={props.teaches}>
                  <Button icon={<Plus />} onClick={() => props.onNewRoom()}>
                    {t("home.newRoom")}
                  </Button>
                </Show>
              }
            />
          </div>
        }
      >
        <ul class={styles.rooms}>
          <For each={props.rooms}>
            {(room) => (
              <RoomCard
                room={room}
                onStart={() => props.onStart(room.id)}
                onChanged={() => props.onChanged()}
              />
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
