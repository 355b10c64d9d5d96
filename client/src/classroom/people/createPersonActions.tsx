import { trackKinds, type Participant, type TrackKind } from "@darasa/protocol";
import Hand from "lucide-solid/icons/hand";
import MicOff from "lucide-solid/icons/mic-off";
import MonitorOff from "lucide-solid/icons/monitor-off";
import Pencil from "lucide-solid/icons/pencil";
import PencilOff from "lucide-solid/icons/pencil-off";
import UserX from "lucide-solid/icons/user-x";
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
  const { room, attempt } = useClassroom();
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

  const remove = (): MenuItem => ({
    label: t("classroom.person.remove"),
    icon: <UserX />,
    danger: true,
    onSelect: () => props.onRemove(),
  });

  return () =>
    [[...drawing(), ...hand(), ...tracks()], [remove()]]
      .filter((items) => items.length > 0)
      .map((items) => ({ items }));
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
