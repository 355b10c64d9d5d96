import type { Participant } from "@darasa/protocol";
import EllipsisVertical from "lucide-solid/icons/ellipsis-vertical";
import Hand from "lucide-solid/icons/hand";
import Mic from "lucide-solid/icons/mic";
import MicOff from "lucide-solid/icons/mic-off";
import MonitorUp from "lucide-solid/icons/monitor-up";
import Pencil from "lucide-solid/icons/pencil";
import Presentation from "lucide-solid/icons/presentation";
import Video from "lucide-solid/icons/video";
import { For, Show, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { TextKey } from "../../i18n/catalogue.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { ownRights } from "../../room/reduceRoom.ts";
import { PulseWords } from "../../pulse/PulseWords.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { classNames } from "../../ui/classNames.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { createPersonActions, type PersonInRow } from "./createPersonActions.tsx";
import styles from "./PersonRow.module.css";

/** One person who is here: who they are, what they do, and for a teacher what can be done. */
export function PersonRow(props: PersonInRow): JSX.Element {
  const { t } = useI18n();
  const { room, me, media } = useClassroom();
  const isSelf = () => props.person.participantId === me.participantId;
  const actions = createPersonActions(props);
  const hasMenu = () =>
    ownRights(room.state()).moderate && !isSelf() && props.person.role !== "teacher";
  const isSpeaking = () => media.state.speaking[props.person.participantId] === true;
  return (
    <li
      aria-posinset={props.place?.at}
      aria-setsize={props.place?.of}
      class={classNames(
        styles.row,
        props.handPlace !== null && styles.asking,
        props.person.idle && styles.away,
      )}
    >
      <span class={classNames(styles.face, isSpeaking() && styles.speaking)}>
        <Avatar id={props.person.participantId} name={props.person.name} />
      </span>
      <div class={styles.words}>
        <p class={styles.name} dir="auto">
          {props.person.name}
          <Show when={isSelf()}>
            <span class={styles.self}> ({t("common.you")})</span>
          </Show>
        </p>
        <SubLine {...props} />
        <PulseWords person={props.person} />
      </div>
      <States person={props.person} />
      <Show when={hasMenu()} fallback={<span class={styles.noMenu} />}>
        <Menu
          label={t("classroom.actionsFor", { name: props.person.name })}
          groups={actions()}
          trigger={(trigger) => (
            <IconButton
              {...trigger}
              size="sm"
              label={t("classroom.actionsFor", { name: props.person.name })}
              icon={<EllipsisVertical />}
              tooltip="none"
            />
          )}
        />
      </Show>
    </li>
  );
}

/** The hand comes before the role: it is what one looks for. */
function SubLine(props: PersonInRow): JSX.Element {
  const { t, formatTime } = useI18n();
  const words = (): string[] => {
    const { role, context, idle } = props.person;
    const where = idle ? "away" : context;
    return [
      ...(role === "student" ? [] : [t(roleKeys[role])]),
      ...(where === "class" ? [] : [t(`classroom.where.${where}`)]),
    ];
  };
  return (
    <Show
      when={props.handPlace}
      fallback={
        <Show when={words().length > 0}>
          <p class={styles.sub}>{words().join(" · ")}</p>
        </Show>
      }
    >
      {(place) => (
        <p class={styles.hand}>
          <Hand aria-hidden="true" />
          {t("classroom.handSince", {
            place: place(),
            time: formatTime(props.person.handRaisedAtMs ?? 0),
          })}
        </p>
      )}
    </Show>
  );
}

interface State {
  readonly icon: typeof Mic;
  readonly label: TextKey;
  readonly isFaint?: boolean;
}

/** What the person does right now, in icons with words behind them. */
function States(props: { readonly person: Participant }): JSX.Element {
  const { t } = useI18n();
  const { room, view } = useClassroom();
  const states = (): State[] => {
    const { media, drawAllowed, role } = props.person;
    const isBoardClosed = room.state().permissions.drawing === "teachers";
    const found: State[] = [];
    const isPresenter = room.state().stage?.presenter === props.person.participantId;
    if (isPresenter) found.push({ icon: Presentation, label: "classroom.state.presents" });
    else if (isBoardClosed && drawAllowed && role !== "teacher") {
      found.push({ icon: Pencil, label: "classroom.state.draws" });
    }
    if (!view.state().hasVideo) return found;
    if (media.screen) found.push({ icon: MonitorUp, label: "classroom.state.screen" });
    if (media.camera) found.push({ icon: Video, label: "classroom.state.camera" });
    found.push(
      media.microphone
        ? { icon: Mic, label: "classroom.state.microphone" }
        : { icon: MicOff, label: "classroom.state.muted", isFaint: true },
    );
    return found;
  };
  return (
    <span class={styles.states}>
      <For each={states()}>
        {(state) => (
          <span
            class={classNames(styles.state, state.isFaint && styles.faint)}
            title={t(state.label)}
          >
            <Dynamic component={state.icon} aria-hidden="true" />
            <VisuallyHidden>{t(state.label)}</VisuallyHidden>
          </span>
        )}
      </For>
    </span>
  );
}
