import { Show, type JSX } from "solid-js";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import { formatElapsed } from "../classroom/header/elapsed.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { classNames } from "../ui/classNames.ts";
import styles from "./RecordingSign.module.css";

/** For everybody, all the time: that the class is recorded, and since when, or that the recording rests. */
export function RecordingSign(): JSX.Element {
  const { t } = useI18n();
  const { room, nowMs } = useClassroom();
  return (
    <Show when={room.state().stage?.recording}>
      {(recording) => {
        const isOn = (): boolean => recording().state === "on";
        return (
          <p
            class={classNames(styles.sign, isOn() ? styles.on : undefined)}
            role="status"
            title={t(isOn() ? "recording.isOn" : "recording.isPaused")}
          >
            <span class={styles.dot} aria-hidden="true" />
            <span class={styles.word}>{t(isOn() ? "recording.on" : "recording.paused")}</span>
            <Show when={isOn()}>
              <span class={styles.time} aria-hidden="true">
                {formatElapsed(nowMs() - recording().sinceMs)}
              </span>
            </Show>
          </p>
        );
      }}
    </Show>
  );
}
