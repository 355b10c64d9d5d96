import type { JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { MessagePage } from "../shell/MessagePage.tsx";
import { Button } from "../ui/Button.tsx";

export interface ConsentScreenProps {
  readonly onEnter: () => void;
  /** Neither seen nor heard. */
  readonly onEnterSilent: () => void;
  readonly onCancel: () => void;
}

/** Before a class that is being recorded: nobody is in it without having been asked. */
export function ConsentScreen(props: ConsentScreenProps): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t("recording.consentTitle")}
      text={t("recording.consentText")}
      actions={
        <>
          <Button variant="primary" onClick={() => props.onEnter()}>
            {t("recording.enter")}
          </Button>
          <Button onClick={() => props.onEnterSilent()}>{t("recording.enterSilent")}</Button>
          <Button variant="quiet" onClick={() => props.onCancel()}>
            {t("common.toHome")}
          </Button>
        </>
      }
    />
  );
}
