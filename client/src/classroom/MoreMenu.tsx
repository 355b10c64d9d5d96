import Ellipsis from "lucide-solid/icons/ellipsis";
import Keyboard from "lucide-solid/icons/keyboard";
import Link from "lucide-solid/icons/link";
import { createSignal, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { languageNames, languages } from "../i18n/language.ts";
import { useTheme } from "../theme/Theme.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Menu, type MenuGroup, type MenuItem } from "../ui/Menu.tsx";
import { useClassroom } from "./ClassroomContext.tsx";
import { createShareLink } from "./createShareLink.ts";
import { ShortcutHelp } from "./ShortcutHelp.tsx";

/** What is wanted now and then: the link, the keys, the language and the light. */
export function MoreMenu(props: { readonly caption: boolean }): JSX.Element {
  const { t } = useI18n();
  const { joined } = useClassroom();
  const shareLink = createShareLink();
  const settings = createSettingsGroups();
  const [isHelping, setIsHelping] = createSignal(false);
  const actions = (): MenuItem[] => {
    const { code } = joined.liveClass;
    const help = {
      label: t("classroom.shortcuts"),
      icon: <Keyboard />,
      onSelect: () => setIsHelping(true),
    };
    if (code === null) return [help];
    const copy = {
      label: t("common.copyLink"),
      icon: <Link />,
      onSelect: () => void shareLink(code),
    };
    return [copy, help];
  };
  return (
    <>
      <Menu
        label={t("classroom.more")}
        groups={[{ items: actions() }, ...settings()]}
        trigger={(trigger) => (
          <IconButton
            {...trigger}
            size={props.caption ? "lg" : "md"}
            label={t("classroom.more")}
            caption={props.caption ? t("classroom.more") : undefined}
            icon={<Ellipsis />}
            tooltip="above"
          />
        )}
      />
      <Show when={isHelping()}>
        <ShortcutHelp onClose={() => setIsHelping(false)} />
      </Show>
    </>
  );
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
