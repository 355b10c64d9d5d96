import type { JSX } from "solid-js";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { MessageCard } from "./MessageCard.tsx";

export interface FailedCardProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** When a page has nothing to show: what happened, and another try. */
export function FailedCard(props: FailedCardProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  return (
    <MessageCard
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
