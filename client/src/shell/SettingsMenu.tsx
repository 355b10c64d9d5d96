import Settings2 from "lucide-solid/icons/settings-2";
import type { JSX } from "solid-js";
import { languageNames, languages } from "../i18n/language.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { themeChoices, type ThemeChoice } from "../theme/themeChoice.ts";
import { useTheme } from "../theme/Theme.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Menu, type MenuGroup } from "../ui/Menu.tsx";
import { usePreferences } from "./usePreferences.ts";

/** The catalogue's word for each appearance. */
export const themeKeys = {
  system: "common.themeSystem",
  light: "common.themeLight",
  dark: "common.themeDark",
} as const satisfies Record<ThemeChoice, string>;

/** Language and appearance, remembered on this device and with the account. */
export function SettingsMenu(): JSX.Element {
  const i18n = useI18n();
  const theme = useTheme();
  const preferences = usePreferences();
  // It holds here in any case.
  const keep = (kept: Promise<void>): void => void kept.catch(() => undefined);
  const groups = (): readonly MenuGroup[] => [
    {
      title: i18n.t("common.language"),
      items: languages.map((language) => ({
        label: languageNames[language],
        checked: language === i18n.language(),
        onSelect: () => keep(preferences.setLanguage(language)),
      })),
    },
    {
      title: i18n.t("common.theme"),
      items: themeChoices.map((choice) => ({
        label: i18n.t(themeKeys[choice]),
        checked: choice === theme.choice(),
        onSelect: () => keep(preferences.setTheme(choice)),
      })),
    },
  ];
  return (
    <Menu
      label={i18n.t("common.settings")}
      groups={groups()}
      trigger={(trigger) => (
        <IconButton {...trigger} label={i18n.t("common.settings")} icon={<Settings2 />} />
      )}
    />
  );
}
