import KeyRound from "lucide-solid/icons/key-round";
import Presentation from "lucide-solid/icons/presentation";
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  lazy,
  Match,
  Show,
  Suspense,
  Switch,
  type JSX,
} from "solid-js";
import type { LiveClass, Room, User } from "../api/api.ts";
import { createPolled } from "../api/createPolled.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { canStartIn } from "./canStartIn.ts";
import { ClassTimeline } from "./ClassTimeline.tsx";
import { groupClasses, type ClassGroups } from "./groupClasses.ts";
import { loadDay, type Day } from "./loadDay.ts";
import { OverviewSkeleton } from "./OverviewSkeleton.tsx";
import { RoomList } from "./RoomList.tsx";
import { RunningClass } from "./RunningClass.tsx";
import { greetingKey } from "./greetingKey.ts";
import styles from "./Overview.module.css";

const refreshEveryMs = 20_000;

const StartClassDialog = lazy(async () => ({
  default: (await import("./StartClassDialog.tsx")).StartClassDialog,
}));
const NewRoomDialog = lazy(async () => ({
  default: (await import("./NewRoomDialog.tsx")).NewRoomDialog,
}));

/** Brings what a press may open, once the day is on the screen. A failure shows when it is pressed. */
function preloadDialogs(): void {
  void Promise.all([StartClassDialog.preload(), NewRoomDialog.preload()]).catch(() => undefined);
}

const FirstSteps = lazy(() =>
  import("./firstSteps/FirstSteps.tsx").then(
    ({ FirstSteps: component }) => ({ default: component }),
    // Nobody's day waits for advice that cannot be had.
    () => ({ default: () => null }),
  ),
);

/** Running classes, the day, what comes, and the rooms; a teacher's big button above all. */
export function Overview(props: { readonly user: User }): JSX.Element {
  const { t, formatDate } = useI18n();
  const problemText = useProblemText();
  const polled = createPolled(() => loadDay(Date.now()), { everyMs: refreshEveryMs });
  /** The room that the dialog starts with; `""` for whichever; null while it is closed. */
  const [startIn, setStartIn] = createSignal<string | null>(null);
  const [makingRoom, setMakingRoom] = createSignal<"alone" | "forClass">();
  const teaches = (): boolean => props.user.permissions.includes("rooms.create");
  createEffect(() => {
    if (teaches() && polled.data() !== undefined) preloadDialogs();
  });
  const wantsSteps = (): boolean =>
    props.user.permissions.includes("people.manage") &&
    props.user.preferences["firstSteps"] !== "done";
  const start = (): void => {
    if (polled.data()?.rooms.some(canStartIn) === true) setStartIn("");
    else setMakingRoom("forClass");
  };
  const afterRoom = async (room: Room): Promise<void> => {
    const isForClass = makingRoom() === "forClass" && canStartIn(room);
    setMakingRoom(undefined);
    await polled.refresh();
    if (isForClass) setStartIn(room.id);
  };

  return (
    <>
      <header class={styles.head}>
        <div>
          <p class={styles.date}>
            <bdi>{props.user.school.name}</bdi> · {formatDate(Date.now())}
          </p>
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
              onClick={start}
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
          // Both come at once: steps that arrive later would push the day down.
          <Suspense fallback={<OverviewSkeleton />}>
            <Show when={wantsSteps()}>
              <FirstSteps
                user={props.user}
                rooms={day().rooms}
                onNewRoom={() => setMakingRoom("alone")}
              />
            </Show>
            <DayView
              day={day()}
              teaches={teaches()}
              onStart={setStartIn}
              onNewRoom={() => setMakingRoom("alone")}
              onChanged={() => void polled.refresh()}
            />
          </Suspense>
        )}
      </Show>
      <Show when={startIn() !== null}>
        <Suspense>
          <StartClassDialog
            rooms={polled.data()?.rooms ?? []}
            roomId={startIn() ?? ""}
            onClose={() => setStartIn(null)}
            onPlanned={() => {
              setStartIn(null);
              void polled.refresh();
            }}
          />
        </Suspense>
      </Show>
      <Show when={makingRoom()}>
        {(why) => (
          <Suspense>
            <NewRoomDialog
              isForClass={why() === "forClass"}
              onClose={() => setMakingRoom(undefined)}
              onMade={(room) => void afterRoom(room)}
            />
          </Suspense>
        )}
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
        <RoomList
          rooms={props.day.rooms}
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
