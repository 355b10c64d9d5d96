import type { JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { languageNames, languages } from "../../i18n/language.ts";
import { RadioGroup } from "../../ui/RadioGroup.tsx";

/** The language of the page, which becomes that of the account too. */
export function LanguageField(): JSX.Element {
  const i18n = useI18n();
  return (
    <RadioGroup
      label={i18n.t("account.language")}
      layout="row"
      options={languages.map((value) => ({ value, label: languageNames[value] }))}
      value={i18n.language()}
      onChange={(language) => void i18n.setLanguage(language)}
    />
  );
}
