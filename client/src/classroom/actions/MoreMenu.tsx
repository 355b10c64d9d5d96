import CircleDot from "lucide-solid/icons/circle-dot";
import Ellipsis from "lucide-solid/icons/ellipsis";
import Gauge from "lucide-solid/icons/gauge";
import Heart from "lucide-solid/icons/heart";
import Keyboard from "lucide-solid/icons/keyboard";
import Link from "lucide-solid/icons/link";
import PictureInPicture2 from "lucide-solid/icons/picture-in-picture-2";
import Settings2 from "lucide-solid/icons/settings-2";
import UserRoundPlus from "lucide-solid/icons/user-round-plus";
import { createEffect, createSignal, lazy, mergeProps, Show, Suspense, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { languageNames, languages } from "../../i18n/language.ts";
import { DevicesDialog } from "../../media/DevicesDialog.tsx";
import { useTheme } from "../../theme/Theme.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu, type MenuGroup, type MenuItem, type MenuTrigger } from "../../ui/Menu.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { createShareLink } from "./createShareLink.ts";
import { ShortcutHelp } from "../keyboard/ShortcutHelp.tsx";
import { createReactionGroups } from "../reactions/ReactionsButton.tsx";
import { tileArrangement } from "../view/visibleRegions.ts";

const RecordDialog = lazy(async () => ({
  default: (await import("../../recording/RecordDialog.tsx")).RecordDialog,
}));
const ShareDialog = lazy(async () => ({
  default: (await import("../../share/ShareDialog.tsx")).ShareDialog,
}));

export interface MoreMenuProps {
  readonly caption: boolean;
  /** Reactions have no button of their own: they are reached from here. */
  readonly reactions: boolean;
}

/** What is wanted now and then: the link, the keys, the language and the light. */
export function MoreMenu(props: MoreMenuProps): JSX.Element {
  const { t } = useI18n();
  const { liveClass, setLiveClass, media, room, view, pictureInPicture, ladder } = useClassroom();
  const shareLink = createShareLink();
  const settings = createSettingsGroups();
  const layout = createLayoutGroups();
  const reactionsHere = createReactionsHere(() => props.reactions);
  const [isInviting, setIsInviting] = createSignal(false);
  const [isRecording, setIsRecording] = createSignal(false);
  const [isHelping, setIsHelping] = createSignal(false);
  const [isChoosingDevices, setIsChoosingDevices] = createSignal(false);
  const actions = (): MenuItem[] => {
    const { code } = liveClass();
    const help = {
      label: t("classroom.shortcuts"),
      icon: <Keyboard />,
      onSelect: () => setIsHelping(true),
    };
    const devices = {
      label: t("media.devices"),
      icon: <Settings2 />,
      onSelect: () => setIsChoosingDevices(true),
    };
    const connection = {
      label: t("ladder.title"),
      icon: <Gauge />,
      onSelect: () => ladder.setOpen(true),
    };
    const beside = {
      label: t("media.pictureInPicture"),
      icon: <PictureInPicture2 />,
      checked: pictureInPicture.openTile() !== null,
      onSelect: pictureInPicture.toggle,
    };
    const pictures = pictureInPicture.canOpen() ? [beside, devices] : [devices];
    const always = view.state().hasVideo ? [connection, ...pictures, help] : [connection, help];
    const record = {
      label: t("recording.menu"),
      icon: <CircleDot />,
      onSelect: () => setIsRecording(true),
    };
    if (room.state().role === "teacher") always.unshift(record);
    if (code === null) return always;
    const copy = {
      label: t("common.copyLink"),
      icon: <Link />,
      onSelect: () => void shareLink(code),
    };
    const invite = {
      label: t("classroom.invitePeople"),
      icon: <UserRoundPlus />,
      onSelect: () => setIsInviting(true),
    };
    return [room.state().role === "teacher" ? invite : copy, ...always];
  };
  return (
    <>
      <Menu
        label={t(reactionsHere.areShown() ? "classroom.reactions" : "classroom.more")}
        groups={
          reactionsHere.areShown()
            ? reactionsHere.groups()
            : [...reactionsHere.entry(), { items: actions() }, ...layout(), ...settings()]
        }
        trigger={(trigger) => (
          <IconButton
            {...reactionsHere.wrap(trigger)}
            size={props.caption ? "lg" : "md"}
            label={t("classroom.more")}
            caption={props.caption ? t("classroom.more") : undefined}
            icon={<Ellipsis />}
            tooltip="above"
          />
        )}
      />
      <Show when={isInviting()}>
        <Suspense>
          <ShareDialog
            liveClass={liveClass()}
            onChanged={setLiveClass}
            onClose={() => setIsInviting(false)}
          />
        </Suspense>
      </Show>
      <Show when={isRecording()}>
        <Suspense>
          <RecordDialog onClose={() => setIsRecording(false)} />
        </Suspense>
      </Show>
      <Show when={isChoosingDevices()}>
        <DevicesDialog media={media} onClose={() => setIsChoosingDevices(false)} />
      </Show>
      <Show when={isHelping()}>
        <ShortcutHelp onClose={() => setIsHelping(false)} />
      </Show>
    </>
  );
}

/** The reactions in a menu that has other things, too: an entry, or their key, opens it with nothing but them. */
function createReactionsHere(areHere: () => boolean) {
  const { t } = useI18n();
  const { reactions } = useClassroom();
  const [areShown, setAreShown] = createSignal(false);
  let menu: MenuTrigger | undefined;

  function open(): void {
    if (menu?.["aria-expanded"] === true) menu.onClick();
    setAreShown(true);
    menu?.onClick();
  }

  createEffect(() => {
    if (areHere()) reactions.setOpener(open);
  });
  return {
    areShown,
    groups: createReactionGroups(),
    entry: (): MenuGroup[] =>
      areHere()
        ? [{ items: [{ label: t("classroom.reactions"), icon: <Heart />, onSelect: open }] }]
        : [],
    /** The menu's own button, which opens it with all of its things. */
    wrap: (trigger: MenuTrigger): MenuTrigger => {
      menu = trigger;
      return mergeProps(trigger, {
        onClick: () => {
          setAreShown(false);
          trigger.onClick();
        },
      });
    },
  };
}

/** On a phone, which has no room for the control in the header: how the pictures stand. */
function createLayoutGroups(): () => MenuGroup[] {
  const { t } = useI18n();
  const { view } = useClassroom();
  return () => {
    const state = view.state();
    if (state.layout !== "narrow" || !state.hasVideo) return [];
    const items = (["speaker", "grid"] as const).map((value) => ({
      label: t(`classroom.emphasis.${value}`),
      checked: tileArrangement(state) === value,
      onSelect: () => {
        view.setEmphasis(value);
        view.show("video");
      },
    }));
    return [{ title: t("classroom.pane.video"), items }];
  };
}

function createSettingsGroups(): () => MenuGroup[] {
  const { t, language, setLanguage } = useI18n();
  const theme = useTheme();
  return () => [
    {
      title: t("common.language"),
      items: languages.map((value) => ({
        label: languageNames[value],
        checked: value === language(),
        onSelect: () => void setLanguage(value),
      })),
    },
    {
      title: t("common.theme"),
      items: [
        {
          label: t("common.themeLight"),
          checked: !theme.dark(),
          onSelect: () => theme.setChoice("light"),
        },
        {
          label: t("common.themeDark"),
          checked: theme.dark(),
          onSelect: () => theme.setChoice("dark"),
        },
      ],
    },
  ];
}
