import { useNavigate, useParams } from "@solidjs/router";
import {
  createMemo,
  createResource,
  createSignal,
  lazy,
  Match,
  onCleanup,
  Show,
  Suspense,
  Switch,
  type JSX,
} from "solid-js";
import { ApiProblem } from "../api/ApiProblem.ts";
import { api, type Joined, type LiveClass } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { loadCatalogue } from "../i18n/catalogue.ts";
import { useI18n } from "../i18n/I18n.tsx";
import type { Language } from "../i18n/language.ts";
import { silentChoice } from "../media/localMediaChoice.ts";
import { noOpenDevices } from "../media/openDevices.ts";
import type { RoomStatus } from "../room/reduceRoom.ts";
import { ConsentScreen } from "../recording/ConsentScreen.tsx";
import { FailedPage } from "../shell/FailedPage.tsx";
import { ClassroomSkeleton } from "./entry/ClassroomSkeleton.tsx";
import {
  createClassEntry,
  type ClassEntry,
  type ClassEntryState,
} from "./entry/createClassEntry.ts";
import { createLetInNews } from "./entry/createLetInNews.ts";
import { DoorScreen } from "./entry/DoorScreen.tsx";
import { markLetIn, takeLetInMark } from "./entry/letInMark.ts";
import {
  EndedScreen,
  NoClassScreen,
  RemovedScreen,
  TurnedAwayScreen,
} from "./entry/OverScreens.tsx";
import { WaitingScreen } from "./entry/WaitingScreen.tsx";
import type { WayIn } from "./entry/wayIn.ts";

const Lobby = lazy(async () => ({ default: (await import("../lobby/Lobby.tsx")).Lobby }));
const Classroom = lazy(async () => ({ default: (await import("./Classroom.tsx")).Classroom }));

/** Brings what comes next while one is still waiting or looking into the mirror. */
async function preloadParts(language: Language): Promise<void> {
  await Promise.all([Lobby.preload(), loadCatalogue(language, "classroom")]);
  await Classroom.preload();
}

/** A live class by its address: waiting for it, the last look into the mirror, the class, and its end. */
export function ClassPage(): JSX.Element {
  const params = useParams<{ id: string }>();
  return (
    <Show when={params.id} keyed>
      {(id) => <Entered id={id} />}
    </Show>
  );
}

type StateOf<Name extends ClassEntryState["name"]> = Extract<ClassEntryState, { name: Name }>;

function Entered(props: { readonly id: string }): JSX.Element {
  const { language } = useI18n();
  // eslint-disable-next-line solid/reactivity -- keyed by the id above
  const entry = createEntry(props.id);
  // A failure shows again, with words, when the part is really wanted.
  preloadParts(language()).catch(() => undefined);
  const stateOf = <Name extends ClassEntryState["name"]>(name: Name) =>
    createMemo(() => {
      const state = entry.state();
      return state.name === name ? (state as StateOf<Name>) : undefined;
    });
  const isLetInUnseen = createLetInNews(entry.state, takeLetInMark(history));
  const failed = stateOf("failed");
  const refused = stateOf("refused");
  return (
    <Switch fallback={<ClassroomSkeleton />}>
      <Match when={stateOf("scheduled")()}>
        {(state) => <WaitingScreen liveClass={state().liveClass} onStart={entry.start} />}
      </Match>
      <Match when={stateOf("waiting")()}>
        {(state) => <DoorScreen liveClassId={props.id} liveClass={state().liveClass} />}
      </Match>
      {/* Keyed: what was joined once holds for as long as one is inside. */}
      <Match when={stateOf("ready")()} keyed>
        {(state) => <Inside joined={state.joined} entry={entry} isLetInUnseen={isLetInUnseen()} />}
      </Match>
      <Match when={stateOf("ended")()}>
        {(state) => <EndedScreen liveClass={state().liveClass} />}
      </Match>
      <Match when={entry.state().name === "removed"}>
        <RemovedScreen />
      </Match>
      <Match when={entry.state().name === "turnedAway"}>
        <TurnedAwayScreen />
      </Match>
      <Match when={entry.state().name === "notFound" || refused() !== undefined}>
        <NoClassScreen />
      </Match>
      <Match when={failed()}>
        {(state) => (
          <FailedPage error={new ApiProblem(state().code)} onRetry={() => void entry.enter()} />
        )}
      </Match>
    </Switch>
  );
}

interface InsideProps {
  readonly joined: Joined;
  readonly entry: ClassEntry;
  readonly isLetInUnseen: boolean;
}

function Inside(props: InsideProps): JSX.Element {
  const { t, need } = useI18n();
  const { user } = useSignIn();
  const [words] = createResource(() => need("classroom").then(() => true));
  const navigate = useNavigate();
  const [wayIn, setWayIn] = createSignal<WayIn | null>(null);
  const [hasConsented, setHasConsented] = createSignal(false);
  const isRecorded = () => props.joined.liveClass.recording !== null;
  const asks = () => isRecorded() && props.joined.role !== "teacher" && !hasConsented();
  const name = () => user()?.name ?? "";
  const toHome = () => navigate("/");
  // Where the class was left before it was there.
  onCleanup(() => wayIn()?.opened.close());

  async function over(status: RoomStatus): Promise<void> {
    const { entry, joined } = props;
    if (status.name === "removed") entry.finish({ name: "removed" });
    if (status.name === "ended") entry.finish({ name: "ended", liveClass: ended(joined, status) });
    if (status.name !== "refused") return;
    // Why the gateway says no, the API tells best.
    await entry.enter();
    if (entry.state().name === "ready") entry.finish({ name: "refused", code: status.code });
  }

  return (
    <Suspense fallback={<ClassroomSkeleton />}>
      <Show when={words()}>
        <Show
          when={!asks()}
          fallback={
            <ConsentScreen
              onEnter={() => setHasConsented(true)}
              onEnterSilent={() => {
                setWayIn({ choice: silentChoice, opened: noOpenDevices });
                setHasConsented(true);
              }}
              onCancel={toHome}
            />
          }
        >
          <Show
            when={wayIn()}
            fallback={
              <Lobby
                title={props.joined.liveClass.title}
                windowTitle={
                  props.isLetInUnseen
                    ? t("classroom.door.letInTitle", { title: props.joined.liveClass.title })
                    : undefined
                }
                teachers={props.joined.liveClass.teachers}
                name={name()}
                personId={props.joined.participantId}
                role={props.joined.role}
                video={props.joined.video.provider}
                onJoin={(choice, opened) => setWayIn({ choice, opened })}
                onCancel={toHome}
              />
            }
          >
            {(chosen) => (
              <Classroom
                joined={props.joined}
                name={name()}
                wayIn={chosen()}
                hasConsented={isRecorded() && hasConsented()}
                onLeave={toHome}
                onOver={(status) => void over(status)}
              />
            )}
          </Show>
        </Show>
      </Show>
    </Suspense>
  );
}

function ended(
  { liveClass }: Joined,
  { reason }: Extract<RoomStatus, { name: "ended" }>,
): LiveClass {
  return { ...liveClass, status: "ended", endReason: reason };
}

/**
 * Which media servers a page may reach is decided when it is loaded: one that began elsewhere may not reach those that
 * are its school's own. Never resolves: the page goes.
 */
function loadAnew(): Promise<never> {
  location.reload();
  return new Promise(() => undefined);
}

/** Whether this page was loaded from that address, and not led there by a link in it. */
function isLoadedFrom(path: string): boolean {
  const [loaded] = performance.getEntriesByType("navigation");
  return loaded !== undefined && new URL(loaded.name).pathname.replace(/\/$/, "") === path;
}

function createEntry(id: string): ClassEntry {
  const params = { path: { id } };
  const entry = createClassEntry({
    join: async () => {
      const joined = await dataOf(api.POST("/api/live-classes/{id}/join", { params }));
      if (joined.hasOwnPage && !isLoadedFrom(`/class/${id}`)) {
        if (entry.state().name === "waiting") markLetIn(history);
        await loadAnew();
      }
      return joined;
    },
    load: () => dataOf(api.GET("/api/live-classes/{id}", { params })),
    start: () => dataOf(api.POST("/api/live-classes/{id}/start", { params })),
    isShown: () => document.visibilityState === "visible",
    random: () => Math.random(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
  void entry.enter();
  onCleanup(entry.close);
  return entry;
}
