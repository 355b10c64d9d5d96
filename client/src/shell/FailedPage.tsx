import type { JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { FailedCard, type FailedCardProps } from "./FailedCard.tsx";
import { Page } from "./Page.tsx";

/** When a page cannot be shown at all. */
export function FailedPage(props: FailedCardProps): JSX.Element {
  const { t } = useI18n();
  return (
    <Page title={t("common.failedTitle")}>
      <FailedCard {...props} />
    </Page>
  );
}
