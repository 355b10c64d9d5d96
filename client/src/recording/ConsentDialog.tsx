import { createEffect, createMemo, createSignal, on, Show, type JSX } from "solid-js";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

export interface ConsentDialogProps {
  /** They said yes on the way in. */
  readonly hasConsented: boolean;
}

/**
 * Asks everybody but teachers when a recording begins: to stay, to stay without being seen and heard, or to leave. Till
 * they have said yes neither microphone nor camera is on. Each recording asks anew; going on after a pause does not.
 */
export function ConsentDialog(props: ConsentDialogProps): JSX.Element {
  const { t } = useI18n();
  const { room, media, leave } = useClassroom();
  // eslint-disable-next-line solid/reactivity -- what was said on the way in holds till that recording is over
  const [isAsked, setIsAsked] = createSignal(props.hasConsented);
  const isRecorded = createMemo(() => Boolean(room.state().stage?.recording));
  const mayAsk = (): boolean => room.state().role !== "teacher";
  // Whatever else changes in the room meanwhile: what was on is read once.
  const asks = createMemo(() => isRecorded() && mayAsk() && !isAsked());
  let wasOn = { microphone: false, camera: false };

  const silence = (): void => {
    const { microphone, camera } = media.state.local;
    wasOn = { microphone: microphone.state !== "off", camera: camera.state !== "off" };
    if (wasOn.microphone) media.toggleMicrophone();
    if (wasOn.camera) media.toggleCamera();
  };
  createEffect(on(asks, (isAsking) => isAsking && silence()));
  createEffect(on(isRecorded, (is, was) => was === true && !is && setIsAsked(false)));

  function stay(isSeen: boolean): void {
    setIsAsked(true);
    if (!isSeen) return;
    if (wasOn.microphone) media.toggleMicrophone();
    if (wasOn.camera) media.toggleCamera();
  }

  return (
    <Show when={asks()}>
      <Dialog
        title={t("recording.consentTitle")}
        description={t("recording.consentText")}
        onClose={() => stay(false)}
        footer={
          <>
            <Button variant="quiet" onClick={() => leave()}>
              {t("classroom.leave")}
            </Button>
            <Button onClick={() => stay(false)}>{t("recording.staySilent")}</Button>
            <Button variant="primary" onClick={() => stay(true)}>
              {t("recording.stay")}
            </Button>
          </>
        }
      />
    </Show>
  );
}
