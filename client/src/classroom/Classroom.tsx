import {
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
  Show,
  untrack,
  type JSX,
} from "solid-js";
import { api, type Joined } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { failureCode } from "../connection/commandFailure.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { LadderNotices } from "../ladder/LadderNotices.tsx";
import { MediaNotices } from "../media/MediaNotices.tsx";
import { RemoteAudio } from "../media/RemoteAudio.tsx";
import { ConsentDialog } from "../recording/ConsentDialog.tsx";
import { createRecordingNews } from "../recording/createRecordingNews.ts";
import { isFinal, type RoomStatus } from "../room/reduceRoom.ts";
import { useToasts } from "../ui/Toasts.tsx";
import { ActionBar } from "./actions/ActionBar.tsx";
import { Announcements } from "./news/Announcements.tsx";
import { BoardRegion } from "./view/BoardRegion.tsx";
import { ClassHeader } from "./header/ClassHeader.tsx";
import { ClassroomProvider, useClassroom, type Classroom as Value } from "./ClassroomContext.tsx";
import { ClosedDialog } from "./header/ClosedDialog.tsx";
import { ConnectionBanner } from "./header/ConnectionBanner.tsx";
import { createClassroom } from "./createClassroom.ts";
import type { WayIn } from "./entry/wayIn.ts";
import { createNews } from "./news/createNews.ts";
import { ReactionsInSight } from "./reactions/ReactionsInSight.tsx";
import { createScreenFollower } from "./view/createScreenFollower.ts";
import { createShortcuts } from "./keyboard/createShortcuts.ts";
import { isNobodyOnVideo } from "./view/isNobodyOnVideo.ts";
import { nextRegion, type ShortcutAction } from "./keyboard/keyboardMap.ts";
import { PaneTabs } from "./view/PaneTabs.tsx";
import { ShortcutHelp } from "./keyboard/ShortcutHelp.tsx";
import { SideRegion } from "./view/SideRegion.tsx";
import { OutageBanner } from "./video/OutageBanner.tsx";
import { VideoRegion } from "./view/VideoRegion.tsx";
import { nextEmphasis } from "./view/visibleRegions.ts";
import { createWaitingNews } from "./waitingRoom/createWaitingNews.ts";
import styles from "./Classroom.module.css";

export interface ClassroomProps {
  readonly joined: Joined;
  /** Of this person. */
  readonly name: string;
  readonly wayIn: WayIn;
  /** They were told on the way in that the class is recorded, and said yes. */
  readonly hasConsented: boolean;
  readonly onLeave: () => void;
  /** This person is out: removed, refused, or the class has ended. */
  readonly onOver: (status: RoomStatus) => void;
}

/** One class, from inside. What it is given at first holds for as long as it is mounted. */
export function Classroom(props: ClassroomProps): JSX.Element {
  const classroom = createValue(props);
  createNews(classroom);
  createWaitingNews(classroom);
  createRecordingNews(classroom);
  createScreenFollower(classroom);
  createEffect(() => {
    const { status } = classroom.room.state();
    if (isFinal(status)) props.onOver(status);
  });
  createEffect(() => {
    const state = classroom.room.connection.state();
    const isRefused = state.name === "closed" && state.reason === "forbidden";
    if (isRefused) props.onOver({ name: "refused", code: "forbidden" });
  });
  return (
    <ClassroomProvider value={classroom}>
      <Parts hasConsented={props.hasConsented} />
    </ClassroomProvider>
  );
}

function createValue(props: ClassroomProps): Value {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  // A classroom is one join of one class; another join is another component.
  const { joined, name, wayIn } = untrack(() => ({ ...props }));
  const parts = createClassroom(joined, name, wayIn);

  async function attempt(command: Promise<unknown>): Promise<void> {
    try {
      await command;
    } catch (error) {
      const code = failureCode(error);
      const isAway = code === "disconnected" || code === "timeout";
      toasts.show({ tone: "danger", text: t(`errors.${isAway ? "unreachable" : code}`) });
    }
  }

  async function end(): Promise<void> {
    const path = { id: joined.liveClass.id };
    try {
      await dataOf(api.POST("/api/live-classes/{id}/end", { params: { path } }));
      // The gateway says so too, unless it is away just now.
      const { status } = parts.room.state();
      if (!isFinal(status)) props.onOver({ name: "ended", reason: "teacher" });
    } catch (error) {
      toasts.show({ tone: "danger", text: problemText(error) });
    }
  }

  return { ...parts, attempt, end, leave: () => props.onLeave() };
}

/** The parts of the room. Each stays mounted where it can, so that turning a phone loses nothing. */
function Parts(props: Pick<ClassroomProps, "hasConsented">): JSX.Element {
  const { room, media, view } = useClassroom();
  const people = createMemo(() => [...room.state().presence.values()]);
  const [isHelping, setIsHelping] = createSignal(false);
  createKeyboard(() => setIsHelping(true));
  createToastPlace();
  createTitle();
  const regions = () => view.regions();
  const video = () => {
    const place = regions().video ?? "none";
    return place === "strip" && isNobodyOnVideo(media.state) ? "none" : place;
  };
  return (
    <div
      class={styles.classroom}
      data-layout={view.state().layout}
      data-video={video()}
      data-board={regions().board}
      data-side={regions().side ?? "none"}
    >
      <ClassHeader />
      {/* The button that led here is gone: the focus starts anew, as on a page that was just loaded. */}
      <main
        ref={(element) => queueMicrotask(() => element.focus())}
        id="content"
        class={styles.main}
        tabIndex={-1}
      >
        <BoardRegion />
        <VideoRegion />
        <SideRegion />
        <ReactionsInSight />
        <div class={styles.notices}>
          <ConnectionBanner />
          <OutageBanner />
          <LadderNotices />
          <MediaNotices media={media} people={people()} />
        </div>
      </main>
      <ActionBar />
      <Show when={view.state().layout === "narrow"}>
        <PaneTabs />
      </Show>
      <RemoteAudio media={media} people={people()} />
      <Announcements />
      <ClosedDialog />
      <ConsentDialog hasConsented={props.hasConsented} />
      <Show when={isHelping()}>
        <ShortcutHelp onClose={() => setIsHelping(false)} />
      </Show>
    </div>
  );
}

/** The window's title says from afar that somebody wrote, or wants to be let in. */
function createTitle(): void {
  const { joined, reading, waitingRoom } = useClassroom();
  createEffect(() => {
    const count = reading.unreadCount() + (waitingRoom?.people().length ?? 0);
    document.title = `${count > 0 ? `(${count}) ` : ""}${joined.liveClass.title} · Darasa`;
  });
}

/** Toasts keep off the buttons: above the board's tools, and on a phone, where everything is near, below the header. */
function createToastPlace(): void {
  const { view } = useClassroom();
  const { style } = document.documentElement;
  createEffect(() => {
    const isPhone = view.state().layout === "narrow";
    style.setProperty("--toast-top", isPhone ? "3.25rem" : "auto");
    style.setProperty("--toast-bottom", isPhone ? "auto" : "9.5rem");
  });
  onCleanup(() => {
    style.removeProperty("--toast-top");
    style.removeProperty("--toast-bottom");
  });
}

function createKeyboard(showHelp: () => void): void {
  const { t } = useI18n();
  const { media, hand, reactions, view, focusPlaces, announcer, attempt } = useClassroom();

  function goToRegion(step: 1 | -1): void {
    const region = nextRegion(focusPlaces.regions(), focusPlaces.current(), step);
    if (region !== null) focusPlaces.focus(region);
  }

  const actions: Record<ShortcutAction, () => void> = {
    microphone: () => media.toggleMicrophone(),
    camera: () => media.toggleCamera(),
    screen: () => media.toggleScreen(),
    hand: () => void attempt(hand.toggle()),
    reactions: reactions.open,
    chat: () => {
      view.show("chat");
      focusPlaces.focusChat();
    },
    people: () => {
      view.show("people");
      focusPlaces.focus("side");
    },
    board: () => {
      view.show("board");
      focusPlaces.focus("board");
    },
    layout: () => {
      const emphasis = nextEmphasis(view.state().emphasis);
      view.setEmphasis(emphasis);
      announcer.say(t(`classroom.emphasis.${emphasis}`));
    },
    help: showHelp,
    nextRegion: () => goToRegion(1),
    previousRegion: () => goToRegion(-1),
  };
  createShortcuts((action) => actions[action]());
}
