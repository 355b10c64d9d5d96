import type { JSX } from "solid-js";
import { Section } from "../account/settings/Section.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { ExportButton } from "./ExportButton.tsx";

/** What the school keeps of oneself, to take home. */
export function OwnDataSection(): JSX.Element {
  const { t } = useI18n();
  return (
    <Section title={t("rights.ownTitle")} text={t("rights.ownText")}>
      <div>
        <ExportButton />
      </div>
    </Section>
  );
}
