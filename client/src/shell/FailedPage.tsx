import type { JSX } from "solid-js";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { MessagePage } from "./MessagePage.tsx";

export interface FailedPageProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** When a page cannot be shown at all: what happened, and another try. */
export function FailedPage(props: FailedPageProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  return (
    <MessagePage
      title={t("common.failedTitle")}
      text={problemText(props.error)}
      actions={
        <>
          <Button variant="primary" onClick={() => props.onRetry()}>
            {t("common.retry")}
          </Button>
          <ButtonLink href="/">{t("common.toHome")}</ButtonLink>
        </>
      }
    />
  );
}
