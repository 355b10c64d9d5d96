import { trackKinds, type TrackKind } from "@darasa/protocol";
import { createEffect, createMemo, createSignal, on, Show, untrack, type JSX } from "solid-js";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

export interface ConsentDialogProps {
  /** They said yes on the way in. */
  readonly hasConsented: boolean;
}

/**
 * Asks everybody but teachers when a recording begins: to stay, to stay and send nothing, or to leave. Till they have
 * said yes neither microphone nor camera nor a shared screen is on; what was comes back with it, for the screen after
 * the browser has asked which. Each recording asks anew; going on after a pause does not.
 */
export function ConsentDialog(props: ConsentDialogProps): JSX.Element {
  const { t } = useI18n();
  const { room, media, leave } = useClassroom();
  // eslint-disable-next-line solid/reactivity -- what was said on the way in holds till that recording is over
  const [isAsked, setIsAsked] = createSignal(props.hasConsented);
  const isRecorded = createMemo(() => Boolean(room.state().stage?.recording));
  const mayAsk = (): boolean => room.state().role !== "teacher";
  const asks = createMemo(() => isRecorded() && mayAsk() && !isAsked());
  const wasOn = new Set<TrackKind>();
  const isOn = (track: TrackKind): boolean => media.state.local[track].state !== "off";
  const toggle: Record<TrackKind, () => void> = {
    microphone: media.toggleMicrophone,
    camera: media.toggleCamera,
    screen: media.toggleScreen,
  };

  // For as long as it asks: what was wished for on the way in comes on only when the class's media are there.
  createEffect(() => {
    if (!asks()) return;
    for (const track of trackKinds.filter(isOn)) {
      wasOn.add(track);
      untrack(toggle[track]);
    }
  });
  createEffect(on(isRecorded, (is, was) => was === true && !is && setIsAsked(false)));

  function stay(isSending: boolean): void {
    setIsAsked(true);
    for (const track of isSending ? wasOn : []) if (!isOn(track)) toggle[track]();
    wasOn.clear();
  }

  return (
    <Show when={asks()}>
      <Dialog
        title={t("recording.consentTitle")}
        description={`${t("recording.consentText")} ${t("recording.consentOff")}`}
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
