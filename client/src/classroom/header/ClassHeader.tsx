import Columns2 from "lucide-solid/icons/columns-2";
import DoorOpen from "lucide-solid/icons/door-open";
import Hand from "lucide-solid/icons/hand";
import LayoutGrid from "lucide-solid/icons/layout-grid";
import PenLine from "lucide-solid/icons/pen-line";
import SquareUserRound from "lucide-solid/icons/square-user-round";
import Users from "lucide-solid/icons/users";
import { createMemo, For, Show, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { ShareButton } from "../../home/ShareButton.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { RecordingSign } from "../../recording/RecordingSign.tsx";
import { handsInOrder } from "../../room/reducePresence.ts";
import { LiveStrip } from "../../register/LiveStrip.tsx";
import { SchoolLogo } from "../../shell/SchoolLogo.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { ConnectionBadge } from "./ConnectionBadge.tsx";
import { formatElapsed } from "./elapsed.ts";
import { emphases, type Emphasis } from "../view/visibleRegions.ts";
import styles from "./ClassHeader.module.css";

/** What this class is, how long it has gone on, and how things stand. */
export function ClassHeader(): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const { joined, liveClass, setLiveClass, room, view, nowMs, focusPlaces } = useClassroom();
  const startedAtMs = () => joined.liveClass.startedAtMs ?? joined.liveClass.startsAtMs;
  const isTeacher = () => room.state().role === "teacher";
  const isNarrow = () => view.state().layout === "narrow";
  return (
    <header
      ref={(element) => focusPlaces.register("header", element)}
      class={styles.header}
      style={{ "--school": user()?.school.colour }}
      aria-label={t("classroom.region.header")}
      tabIndex={-1}
    >
      <Show when={!isNarrow() && user()}>
        {(signedIn) => <SchoolLogo school={signedIn().school} />}
      </Show>
      <div class={styles.words}>
        <h1 class={styles.title}>{joined.liveClass.title}</h1>
        <p class={styles.room}>{joined.room.name}</p>
      </div>
      <div class={styles.end}>
        <Show when={!isNarrow() && view.state().hasVideo}>
          <EmphasisSwitch />
        </Show>
        <Show when={view.isRoomy() && isTeacher()}>
          <ShareButton liveClass={liveClass()} onChanged={setLiveClass} />
        </Show>
        <Show when={view.isRoomy() && isTeacher()} fallback={<PeopleCount />}>
          <LiveStrip />
        </Show>
        <RecordingSign />
        <WaitingButton />
        <HandsButton />
        <span class={styles.elapsed} title={t("classroom.elapsed")}>
          {formatElapsed(nowMs() - startedAtMs())}
        </span>
        <ConnectionBadge />
      </div>
    </header>
  );
}

/** How many are here; a press shows who. */
function PeopleCount(): JSX.Element {
  const { t, formatNumber } = useI18n();
  const { room, view } = useClassroom();
  return (
    <Show when={view.isRoomy() && room.state().count > 0}>
      <button
        type="button"
        class={styles.people}
        aria-label={t("classroom.peopleShow", { count: room.state().count })}
        onClick={() => view.show("people")}
      >
        <Users aria-hidden="true" />
        {formatNumber(room.state().count)}
      </button>
    </Show>
  );
}

/** How many want to be let in; a press shows who. */
function WaitingButton(): JSX.Element {
  const { t } = useI18n();
  const { waitingRoom, view } = useClassroom();
  const count = (): number => waitingRoom?.people().length ?? 0;
  return (
    <Show when={count() > 0}>
      <button
        type="button"
        class={styles.hands}
        aria-label={t("classroom.waitingRoom.show", { count: count() })}
        onClick={() => view.show("people")}
      >
        <DoorOpen aria-hidden="true" />
        {count()}
      </button>
    </Show>
  );
}

/** How many want to speak; a press shows who. */
function HandsButton(): JSX.Element {
  const { t } = useI18n();
  const { room, view } = useClassroom();
  const count = createMemo(() => handsInOrder(room.state().presence).length);
  return (
    <Show when={count() > 0}>
      <button
        type="button"
        class={styles.hands}
        aria-label={t("classroom.handsShow", { count: count() })}
        onClick={() => view.show("people")}
      >
        <Hand aria-hidden="true" />
        {count()}
      </button>
    </Show>
  );
}

const icons: Readonly<Record<Emphasis, typeof PenLine>> = {
  board: PenLine,
  both: Columns2,
  speaker: SquareUserRound,
  grid: LayoutGrid,
};

/** What is large, for oneself only; remembered on the device. */
function EmphasisSwitch(): JSX.Element {
  const { t } = useI18n();
  const { view } = useClassroom();
  return (
    <div class={styles.emphasis} role="group" aria-label={t("classroom.emphasis.label")}>
      <For each={emphases}>
        {(value) => {
          const Icon = icons[value];
          return (
            <button
              type="button"
              class={styles.choice}
              aria-pressed={view.state().emphasis === value}
              title={t(`classroom.emphasis.${value}`)}
              onClick={() => view.setEmphasis(value)}
            >
              <Icon aria-hidden="true" />
              <span class={styles.choiceWord}>{t(`classroom.emphasis.${value}`)}</span>
            </button>
          );
        }}
      </For>
    </div>
  );
}
