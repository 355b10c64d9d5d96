import KeyRound from "lucide-solid/icons/key-round";
import Plus from "lucide-solid/icons/plus";
import Presentation from "lucide-solid/icons/presentation";
import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from "solid-js";
import type { LiveClass, User } from "../api/api.ts";
import { createPolled } from "../api/createPolled.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ClassTimeline } from "./ClassTimeline.tsx";
import { groupClasses, type ClassGroups } from "./groupClasses.ts";
import { loadDay, type Day } from "./loadDay.ts";
import { NewRoomDialog } from "./NewRoomDialog.tsx";
import { OverviewSkeleton } from "./OverviewSkeleton.tsx";
import { RoomCard } from "./RoomCard.tsx";
import { RunningClass } from "./RunningClass.tsx";
import { StartClassDialog } from "./StartClassDialog.tsx";
import { greetingKey } from "./greetingKey.ts";
import styles from "./Overview.module.css";

const refreshEveryMs = 20_000;

/** Running classes, the day, what comes, and the rooms; a teacher's big button above all. */
export function Overview(props: { readonly user: User }): JSX.Element {
  const { t, formatDate } = useI18n();
  const problemText = useProblemText();
  const polled = createPolled(() => loadDay(Date.now()), { everyMs: refreshEveryMs });
  /** The room that the dialog starts with; `""` for whichever; null while it is closed. */
  const [startIn, setStartIn] = createSignal<string | null>(null);
  const [makingRoom, setMakingRoom] = createSignal(false);
  const teaches = (): boolean => props.user.role !== "student";

  return (
    <>
      <header class={styles.head}>
        <div>
          <p class={styles.date}>{formatDate(Date.now())}</p>
          <h1 class={styles.greeting}>
            {t(greetingKey(new Date().getHours()), { name: props.user.name.split(" ")[0] ?? "" })}
          </h1>
        </div>
        <div class={styles.headActions}>
          <Show when={teaches()}>
            <Button
              variant="primary"
              size="lg"
              icon={<Presentation />}
              disabled={polled.data() === undefined}
              onClick={() => setStartIn("")}
            >
              {t("home.startClass")}
            </Button>
          </Show>
          <ButtonLink
            href="/join"
            icon={<KeyRound />}
            variant={teaches() ? "secondary" : "primary"}
            size="lg"
          >
            {t("home.joinByCode")}
          </ButtonLink>
        </div>
      </header>
      <Show when={polled.error() !== undefined}>
        <div class={styles.problem}>
          <Banner
            tone="warning"
            actions={
              <Button size="sm" onClick={() => void polled.refresh()}>
                {t("common.retry")}
              </Button>
            }
          >
            {problemText(polled.error())}
          </Banner>
        </div>
      </Show>
      <Show when={polled.data()} fallback={<OverviewSkeleton />}>
        {(day) => (
          <DayView
            day={day()}
            teaches={teaches()}
            onStart={setStartIn}
            onNewRoom={() => setMakingRoom(true)}
            onChanged={() => void polled.refresh()}
          />
        )}
      </Show>
      <Show when={startIn() !== null}>
        <StartClassDialog
          rooms={polled.data()?.rooms ?? []}
          roomId={startIn() ?? ""}
          onClose={() => setStartIn(null)}
          onPlanned={() => {
            setStartIn(null);
            void polled.refresh();
          }}
        />
      </Show>
      <Show when={makingRoom()}>
        <NewRoomDialog
          onClose={() => setMakingRoom(false)}
          onMade={() => {
            setMakingRoom(false);
            void polled.refresh();
          }}
        />
      </Show>
    </>
  );
}

interface DayViewProps {
  readonly day: Day;
  readonly teaches: boolean;
  readonly onStart: (roomId: string) => void;
  readonly onNewRoom: () => void;
  readonly onChanged: () => void;
}

function DayView(props: DayViewProps): JSX.Element {
  const { t } = useI18n();
  const groups = createMemo<ClassGroups>(() =>
    groupClasses(props.day.liveClasses, props.day.loadedAtMs),
  );
  return (
    <>
      <Show when={groups().running.length > 0}>
        <section class={styles.running} aria-labelledby="running">
          <h2 id="running" class={styles.heading}>
            {t("home.runningNow")}
          </h2>
          <ul class={styles.runningList}>
            <For each={groups().running}>
              {(liveClass) => (
                <li>
                  <RunningClass liveClass={liveClass} />
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <div class={styles.columns}>
        <div class={styles.column}>
          <Today classes={groups().today} teaches={props.teaches} onChanged={props.onChanged} />
          <Show when={groups().later.length > 0}>
            <section aria-labelledby="later">
              <h2 id="later" class={styles.heading}>
                {t("home.later")}
              </h2>
              <ClassTimeline classes={groups().later} days onChanged={() => props.onChanged()} />
            </section>
          </Show>
        </div>
        <Rooms
          day={props.day}
          teaches={props.teaches}
          onStart={props.onStart}
          onNewRoom={props.onNewRoom}
          onChanged={props.onChanged}
        />
      </div>
    </>
  );
}

interface TodayProps {
  readonly classes: readonly LiveClass[];
  readonly teaches: boolean;
  readonly onChanged: () => void;
}

function Today(props: TodayProps): JSX.Element {
  const { t } = useI18n();
  return (
    <section aria-labelledby="today">
      <h2 id="today" class={styles.heading}>
        {t("home.today")}
      </h2>
      <Switch>
        <Match when={props.classes.length > 0}>
          <ClassTimeline classes={props.classes} onChanged={() => props.onChanged()} />
        </Match>
        <Match when={props.classes.length === 0}>
          <div class={styles.card}>
            <EmptyState
              level={3}
              title={t("home.noClassesTitle")}
              text={t(props.teaches ? "home.noClassesTeacher" : "home.noClassesStudent")}
            />
          </div>
        </Match>
      </Switch>
    </section>
  );
}

function Rooms(props: DayViewProps): JSX.Element {
  const { t } = useI18n();
  return (
    <section aria-labelledby="rooms">
      <div class={styles.headingLine}>
        <h2 id="rooms" class={styles.heading}>
          {t("home.rooms")}
        </h2>
        <Show when={props.teaches}>
          <Button size="sm" variant="quiet" icon={<Plus />} onClick={() => props.onNewRoom()}>
            {t("home.newRoom")}
          </Button>
        </Show>
      </div>
      <Show
        when={props.day.rooms.length > 0}
        fallback={
          <div class={styles.card}>
            <EmptyState
              level={3}
              title={t("home.noRoomsTitle")}
              text={t(props.teaches ? "home.noRoomsTeacher" : "home.noRoomsStudent")}
            />
          </div>
        }
      >
        <ul class={styles.rooms}>
          <For each={props.day.rooms}>
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
