import Gauge from "lucide-solid/icons/gauge";
import Hand from "lucide-solid/icons/hand";
import MessageSquare from "lucide-solid/icons/message-square";
import Mic from "lucide-solid/icons/mic";
import MicOff from "lucide-solid/icons/mic-off";
import MonitorUp from "lucide-solid/icons/monitor-up";
import SlidersHorizontal from "lucide-solid/icons/sliders-horizontal";
import Users from "lucide-solid/icons/users";
import Video from "lucide-solid/icons/video";
import VideoOff from "lucide-solid/icons/video-off";
import { createSignal, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { sendsPictures } from "../../media/receivedPictures.ts";
import { ownRights } from "../../room/reduceRoom.ts";
import { Badge } from "../../ui/Badge.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { moveFocus } from "../../ui/moveFocus.ts";
import { ClassControls } from "./ClassControls.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { shortcutLabels } from "../keyboard/keyboardMap.ts";
import { LeaveButton } from "./LeaveButton.tsx";
import { MoreMenu } from "./MoreMenu.tsx";
import { ReactionsButton } from "../reactions/ReactionsButton.tsx";
import type { SideTab } from "../view/visibleRegions.ts";
import styles from "./ActionBar.module.css";

/** What one does oneself in a class: be heard and seen, share, ask to speak, leave. */
export function ActionBar(): JSX.Element {
  const { t } = useI18n();
  const { room, media, view, focusPlaces, ladder } = useClassroom();
  // A teacher's eighth button finds no room in a narrow window, whose menu has it; a phone, which shares no screen,
  // has seven.
  const hasRoomForReactions = () =>
    view.state().layout !== "narrow" ||
    !media.state.can.screen ||
    !ownRights(room.state()).moderate;
  const [isControlling, setIsControlling] = createSignal(false);
  const captions = () => view.isRoomy();
  return (
    <footer class={styles.place}>
      <div
        ref={(element) => focusPlaces.register("bar", element)}
        class={styles.bar}
        role="toolbar"
        aria-label={t("classroom.region.bar")}
        tabIndex={-1}
        onKeyDown={moveInToolbar}
      >
        <div class={styles.own}>
          <Show when={view.state().hasVideo && ladder.state().mode !== "text"}>
            <MediaButtons captions={captions()} />
          </Show>
          <HandButton caption={captions()} />
          <Show when={hasRoomForReactions()}>
            <ReactionsButton caption={captions()} />
          </Show>
        </div>
        <div class={styles.parts}>
          <Show when={view.state().layout === "medium"}>
            <SideButton tab="chat" caption={captions()} />
            <SideButton tab="people" caption={captions()} />
          </Show>
          <Show when={ownRights(room.state()).moderate}>
            <IconButton
              size={captions() ? "lg" : "md"}
              label={t("classroom.controls.title")}
              caption={captions() ? t("classroom.controls.short") : undefined}
              icon={<SlidersHorizontal />}
              tooltip="above"
              aria-haspopup="dialog"
              onClick={() => setIsControlling(true)}
            />
          </Show>
          <Show when={view.state().layout === "wide"}>
            <LadderButton />
          </Show>
          <MoreMenu caption={captions()} reactions={!hasRoomForReactions()} />
          <LeaveButton />
        </div>
      </div>
      <Show when={isControlling()}>
        <ClassControls onClose={() => setIsControlling(false)} />
      </Show>
    </footer>
  );
}

/** Arrows move between the buttons, as toolbars promise; Tab stops at each of them all the same. */
function moveInToolbar(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.target instanceof Element && event.target.closest("[role=menu], dialog") !== null)
    return;
  const buttons = [
    ...event.currentTarget.querySelectorAll<HTMLButtonElement>("button:not(:disabled)"),
  ];
  const index = buttons.findIndex((button) => button === document.activeElement);
  const isSideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  const next = isSideways
    ? moveFocus(event.key, index, { count: buttons.length, horizontal: true })
    : null;
  if (next === null) return;
  event.preventDefault();
  buttons[next]?.focus();
}

function MediaButtons(props: { readonly captions: boolean }): JSX.Element {
  const { t } = useI18n();
  const { media, ladder } = useClassroom();
  const isOn = (kind: "microphone" | "camera" | "screen") => media.state.local[kind].state === "on";
  const size = () => (props.captions ? "lg" : "md");
  return (
    <>
      <IconButton
        size={size()}
        variant="filled"
        label={t("classroom.microphone")}
        caption={props.captions ? t("classroom.microphone") : undefined}
        shortcut={shortcutLabels.microphone}
        icon={isOn("microphone") ? <Mic /> : <MicOff />}
        pressed={isOn("microphone")}
        aria-busy={media.state.local.microphone.state === "starting"}
        tooltip="above"
        onClick={() => media.toggleMicrophone()}
      />
      <Show when={sendsPictures(ladder.state().mode)}>
        <IconButton
          size={size()}
          variant="filled"
          label={t("classroom.camera")}
          caption={props.captions ? t("classroom.camera") : undefined}
          shortcut={shortcutLabels.camera}
          icon={isOn("camera") ? <Video /> : <VideoOff />}
          pressed={isOn("camera")}
          aria-busy={media.state.local.camera.state === "starting"}
          tooltip="above"
          onClick={() => media.toggleCamera()}
        />
      </Show>
      <Show when={media.state.can.screen}>
        <IconButton
          size={size()}
          variant="filled"
          label={t("classroom.screen")}
          caption={props.captions ? t("classroom.short.screen") : undefined}
          shortcut={shortcutLabels.screen}
          icon={<MonitorUp />}
          pressed={isOn("screen")}
          tooltip="above"
          onClick={() => media.toggleScreen()}
        />
      </Show>
    </>
  );
}

function HandButton(props: { readonly caption: boolean }): JSX.Element {
  const { t } = useI18n();
  const { hand, attempt } = useClassroom();
  return (
    <IconButton
      size={props.caption ? "lg" : "md"}
      variant="saffron"
      class={styles.hand}
      label={t("classroom.hand")}
      caption={props.caption ? t("classroom.short.hand") : undefined}
      shortcut={shortcutLabels.hand}
      icon={<Hand />}
      pressed={hand.isUp()}
      tooltip="above"
      onClick={() => void attempt(hand.toggle())}
    />
  );
}

/** How much of the class one takes; narrower windows have it in the menu, and all of them in the header. */
function LadderButton(): JSX.Element {
  const { t } = useI18n();
  const { ladder } = useClassroom();
  return (
    <IconButton
      size="lg"
      label={t("ladder.open", { mode: t(`ladder.mode.${ladder.state().mode}`) })}
      caption={t("ladder.short")}
      icon={<Gauge />}
      tooltip="above"
      aria-haspopup="dialog"
      onClick={() => ladder.setOpen(true)}
    />
  );
}

/** Opens a part of the side, or closes it: tablets only. */
function SideButton(props: { readonly tab: SideTab; readonly caption: boolean }): JSX.Element {
  const { t } = useI18n();
  const { view, reading, room } = useClassroom();
  const isOpen = () => view.regions().side === props.tab;
  const isChat = () => props.tab === "chat";
  return (
    <span class={styles.badged}>
      <IconButton
        size={props.caption ? "lg" : "md"}
        label={
          isChat() && reading.unreadCount() > 0
            ? `${t("classroom.pane.chat")}, ${t("chat.unreadCount", { count: reading.unreadCount() })}`
            : t(isChat() ? "classroom.pane.chat" : "classroom.people")
        }
        caption={
          props.caption ? t(isChat() ? "classroom.pane.chat" : "classroom.people") : undefined
        }
        shortcut={shortcutLabels[props.tab]}
        icon={isChat() ? <MessageSquare /> : <Users />}
        pressed={isOpen()}
        tooltip="above"
        onClick={() => (isOpen() ? view.closeSide() : view.show(props.tab))}
      />
      <Show when={isChat() ? reading.unreadCount() : room.state().count}>
        {(count) => (
          <span class={styles.count} aria-hidden="true">
            <Badge tone={isChat() ? "saffron" : "neutral"}>{count()}</Badge>
          </span>
        )}
      </Show>
    </span>
  );
}
