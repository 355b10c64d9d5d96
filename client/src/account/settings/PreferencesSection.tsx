import { createSignal, Show, type JSX } from "solid-js";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { languageNames, languages } from "../../i18n/language.ts";
import { themeKeys } from "../../shell/SettingsMenu.tsx";
import { usePreferences } from "../../shell/usePreferences.ts";
import { themeChoices } from "../../theme/themeChoice.ts";
import { useTheme } from "../../theme/Theme.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { RadioGroup } from "../../ui/RadioGroup.tsx";
import { Section } from "./Section.tsx";

/** Language and appearance, here at once and on all other devices at their next sign of life. */
export function PreferencesSection(): JSX.Element {
  const i18n = useI18n();
  const theme = useTheme();
  const preferences = usePreferences();
  const problemText = useProblemText();
  const [problem, setProblem] = createSignal<unknown>();
  const keep = (kept: Promise<void>): void => {
    kept.then(() => setProblem(undefined), setProblem);
  };
  return (
    <Section title={i18n.t("settings.preferences")} text={i18n.t("settings.preferencesText")}>
      <RadioGroup
        label={i18n.t("common.language")}
        layout="row"
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={i18n.language()}
        onChange={(language) => keep(preferences.setLanguage(language))}
      />
      <RadioGroup
        label={i18n.t("common.theme")}
        layout="row"
        options={themeChoices.map((value) => ({ value, label: i18n.t(themeKeys[value]) }))}
        value={theme.choice()}
        onChange={(choice) => keep(preferences.setTheme(choice))}
      />
      <Show when={problem() !== undefined}>
        <Banner tone="warning">
          {i18n.t("settings.notKept", { reason: problemText(problem()) })}
        </Banner>
      </Show>
    </Section>
  );
}
