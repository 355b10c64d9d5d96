import { Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import type { Unsent } from "./deviceTraces.ts";

export interface UnsentDialogProps {
  readonly unsent: Unsent;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Before a sign-out that would throw work away. */
export function UnsentDialog(props: UnsentDialogProps): JSX.Element {
  const { t } = useI18n();
  return (
    <Dialog
      title={t("common.unsentTitle")}
      onClose={() => props.onStay()}
      footer={
        <>
          <Button variant="danger" onClick={() => props.onLeave()}>
            {t("common.unsentLeave")}
          </Button>
          <Button variant="primary" onClick={() => props.onStay()}>
            {t("common.unsentStay")}
          </Button>
        </>
      }
    >
      <Show when={props.unsent.messages > 0}>
        <p>{t("common.unsentMessages", { count: props.unsent.messages })}</p>
      </Show>
      <Show when={props.unsent.boards > 0}>
        <p>{t("common.unsentBoards", { count: props.unsent.boards })}</p>
      </Show>
      <p>{t("common.unsentText")}</p>
    </Dialog>
  );
}
