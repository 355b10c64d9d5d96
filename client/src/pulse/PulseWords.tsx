import TriangleAlert from "lucide-solid/icons/triangle-alert";
import WifiOff from "lucide-solid/icons/wifi-off";
import type { Participant } from "@darasa/protocol";
import { Show, type JSX } from "solid-js";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { silentMinutes } from "./needsMe.ts";
import styles from "./PulseWords.module.css";

/** What a teacher should know of somebody's line and silence; nothing where all is well, and for everybody else. */
export function PulseWords(props: { readonly person: Participant }): JSX.Element {
  const { t } = useI18n();
  const { room, nowMs } = useClassroom();
  const pulse = () => room.state().pulse.get(props.person.participantId);
  const quality = () => pulse()?.quality ?? "good";
  const words = (): readonly string[] => {
    const mode = pulse()?.mode ?? "full";
    const minutes = silentMinutes({ person: props.person, pulse: pulse() }, nowMs());
    // Of a class without sound and pictures everybody takes text and board.
    const isLess = mode !== "full" && room.state().stage?.video !== "none";
    return [
      ...(isLess ? [t(`pulse.mode.${mode}`)] : []),
      ...(minutes === null ? [] : [t("pulse.silentFor", { minutes })]),
    ];
  };
  const line = () => {
    const found = quality();
    return found === "good" ? null : found;
  };
  return (
    <Show when={line() !== null || words().length > 0}>
      <p class={styles.words}>
        <Show when={line()}>
          {(found) => (
            <span class={styles[found()]}>
              <Show when={found() === "lost"} fallback={<TriangleAlert aria-hidden="true" />}>
                <WifiOff aria-hidden="true" />
              </Show>
              {t(`pulse.quality.${found()}`)}
            </span>
          )}
        </Show>
        <Show when={line() !== null && words().length > 0}> · </Show>
        {words().join(" · ")}
      </p>
    </Show>
  );
}
