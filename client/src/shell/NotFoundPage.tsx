import type { JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { MessagePage } from "./MessagePage.tsx";

/** For addresses that lead nowhere. */
export function NotFoundPage(): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t("common.notFoundTitle")}
      text={t("common.notFoundText")}
      actions={
        <ButtonLink href="/" variant="primary">
          {t("common.toHome")}
        </ButtonLink>
      }
    />
  );
}
