import { sourcesOf, trackKinds, type Participant, type TrackKind } from "@darasa/protocol";
import Hand from "lucide-solid/icons/hand";
import Mic from "lucide-solid/icons/mic";
import MicOff from "lucide-solid/icons/mic-off";
import MonitorOff from "lucide-solid/icons/monitor-off";
import Pencil from "lucide-solid/icons/pencil";
import PencilOff from "lucide-solid/icons/pencil-off";
import Presentation from "lucide-solid/icons/presentation";
import Star from "lucide-solid/icons/star";
import UserX from "lucide-solid/icons/user-x";
import Video from "lucide-solid/icons/video";
import VideoOff from "lucide-solid/icons/video-off";
import { useI18n } from "../../i18n/I18n.tsx";
import type { MenuGroup, MenuItem } from "../../ui/Menu.tsx";
import { useClassroom } from "../ClassroomContext.tsx";

/** Somebody in the list of people. */
export interface PersonInRow {
  readonly person: Participant;
  /** From 1; null when the hand is down. */
  readonly handPlace: number | null;
  /** In a list of which not all is there; from 1. */
  readonly place?: { readonly at: number; readonly of: number } | undefined;
  readonly onRemove: () => void;
}

/** What a teacher can do about one person right now; only what would change something. */
export function createPersonActions(props: PersonInRow): () => MenuGroup[] {
  const { t } = useI18n();
  const { room, view, attempt } = useClassroom();
  const id = () => props.person.participantId;

  const drawing = (): MenuItem[] => {
    if (room.state().permissions.drawing === "everyone") return [];
    const isAllowed = props.person.drawAllowed;
    return [
      {
        label: t(isAllowed ? "classroom.person.stopDrawing" : "classroom.person.allowDrawing"),
        icon: isAllowed ? <PencilOff /> : <Pencil />,
        onSelect: () => void attempt(room.commands.allowDrawing(id(), !isAllowed)),
      },
    ];
  };
  const hand = (): MenuItem[] =>
    props.handPlace === null
      ? []
      : [
          {
            label: t("classroom.person.lowerHand"),
            icon: <Hand />,
            onSelect: () => void attempt(room.commands.lowerHand(id())),
          },
        ];
  const tracks = (): MenuItem[] =>
    trackKinds
      .filter((track) => props.person.media[track])
      .map((track) => ({
        label: t(`classroom.person.off.${track}`),
        icon: trackIcon(track),
        onSelect: () => void attempt(room.commands.mute(id(), track)),
      }));

  const asking = (): MenuItem[] =>
    (["microphone", "camera"] as const)
      .filter((track) => view.state().hasVideo && !props.person.media[track] && may(track))
      .map((track) => ({
        label: t(`classroom.person.ask.${track}`),
        icon: track === "microphone" ? <Mic /> : <Video />,
        onSelect: () => void attempt(room.commands.askToUnmute(id(), track)),
      }));
  const may = (track: TrackKind): boolean => {
    const { stage } = room.state();
    return stage === null || sourcesOf(props.person, stage).includes(track);
  };

  const onStage = (): MenuItem[] => {
    if (room.state().stage === null) return [];
    const isPresenter = () => room.state().stage?.presenter === id();
    const isSpotlit = () => room.state().stage?.spotlight === id();
    const spotlight: MenuItem = {
      label: t(isSpotlit() ? "classroom.person.endSpotlight" : "classroom.person.spotlight"),
      icon: <Star />,
      onSelect: () =>
        void attempt(room.commands.setStage({ spotlight: isSpotlit() ? null : id() })),
    };
    return [
      {
        label: t(isPresenter() ? "classroom.person.endPresenting" : "classroom.person.present"),
        icon: <Presentation />,
        onSelect: () =>
          void attempt(room.commands.setStage({ presenter: isPresenter() ? null : id() })),
      },
      ...(view.state().hasVideo ? [spotlight] : []),
    ];
  };
  const sending = (): MenuItem[] => {
    const { stage } = room.state();
    if (stage === null || !view.state().hasVideo) return [];
    const own = props.person.sources ?? stage.sources;
    return trackKinds.map((track) => ({
      label: t(`classroom.person.may.${track}`),
      checked: own.includes(track),
      onSelect: () => {
        const next = trackKinds.filter((kind) => own.includes(kind) !== (kind === track));
        const isAsClass = trackKinds.every(
          (kind) => next.includes(kind) === stage.sources.includes(kind),
        );
        void attempt(room.commands.allowSources(id(), isAsClass ? null : next));
      },
    }));
  };

  const remove = (): MenuItem => ({
    label: t("classroom.person.remove"),
    icon: <UserX />,
    danger: true,
    onSelect: () => props.onRemove(),
  });

  return () =>
    [
      { items: [...drawing(), ...hand(), ...tracks(), ...asking()] },
      { items: onStage() },
      { title: t("classroom.person.may.title"), items: sending() },
      { items: [remove()] },
    ].filter(({ items }) => items.length > 0);
}

function trackIcon(track: TrackKind) {
  switch (track) {
    case "microphone":
      return <MicOff />;
    case "camera":
      return <VideoOff />;
    case "screen":
      return <MonitorOff />;
  }
}
