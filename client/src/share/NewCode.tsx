import RotateCcwKey from "lucide-solid/icons/rotate-ccw-key";
import { createSignal, Show, type JSX } from "solid-js";
import { api, type LiveClass } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import styles from "./ShareDialog.module.css";

export interface NewCodeProps {
  readonly liveClass: LiveClass;
  readonly onChanged: (liveClass: LiveClass) => void;
}

/** For when the code got into the wrong hands. */
export function NewCode(props: NewCodeProps): JSX.Element {
  const { t } = useI18n();
  const [isAsking, setIsAsking] = createSignal(false);
  return (
    <div class={styles.newCode}>
      <p class={styles.hint}>{t("share.newCodeHint")}</p>
      <Button size="sm" icon={<RotateCcwKey />} onClick={() => setIsAsking(true)}>
        {t("share.newCode")}
      </Button>
      <Show when={isAsking()}>
        <ConfirmDialog {...props} onClose={() => setIsAsking(false)} />
      </Show>
    </div>
  );
}

function ConfirmDialog(props: NewCodeProps & { readonly onClose: () => void }): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [isBusy, setIsBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();

  async function renew(): Promise<void> {
    setIsBusy(true);
    setProblem(undefined);
    try {
      const params = { path: { id: props.liveClass.id } };
      const changed = await dataOf(api.POST("/api/live-classes/{id}/new-code", { params }));
      props.onChanged(changed);
      toasts.show({
        tone: "success",
        text: t("share.newCodeDone", { code: changed.code ?? "" }),
      });
      props.onClose();
    } catch (error) {
      setProblem(problemText(error));
      setIsBusy(false);
    }
  }

  return (
    <Dialog
      size="sm"
      title={t("share.newCodeTitle")}
      description={t("share.newCodeText", { code: props.liveClass.code ?? "" })}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button variant="danger" busy={isBusy()} onClick={() => void renew()}>
            {t("share.newCodeConfirm")}
          </Button>
        </>
      }
    >
      <Show when={problem()}>
        {(text) => (
          <Banner tone="danger" announce="alert">
            {text()}
          </Banner>
        )}
      </Show>
    </Dialog>
  );
}
