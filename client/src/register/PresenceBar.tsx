import { For, type JSX } from "solid-js";
import type { Attendee } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { registerBars, timeMarks, type Span } from "./timeline.ts";
import styles from "./PresenceBar.module.css";

export interface PresenceBarProps {
  readonly person: Attendee;
  readonly span: Span;
}

/** A person's visits along the class, drawn; in words for those who do not see them. */
export function PresenceBar(props: PresenceBarProps): JSX.Element {
  const { t, formatTime } = useI18n();
  const share = (atMs: number): number =>
    (atMs - props.span.fromMs) / (props.span.toMs - props.span.fromMs);
  const words = (): string => {
    const periods = props.person.segments.map(({ fromMs, toMs }) =>
      t("register.period", { from: formatTime(fromMs), to: formatTime(toMs) }),
    );
    return t("register.timelineOf", {
      name: props.person.name || t("common.erasedName"),
      periods: periods.join(", "),
    });
  };
  return (
    <svg
      class={styles.bar}
      viewBox="0 0 1000 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={words()}
    >
      <rect class={styles.track} x="0" y="4" width="1000" height="8" />
      <For each={timeMarks(props.span)}>
        {(atMs) => (
          <line
            class={styles.mark}
            x1={share(atMs) * 1000}
            x2={share(atMs) * 1000}
            y1="0"
            y2="16"
            vector-effect="non-scaling-stroke"
          />
        )}
      </For>
      <For each={registerBars(props.person, props.span)}>
        {(bar) => (
          <rect
            class={styles.visit}
            x={bar.start * 1000}
            y="2"
            width={bar.length * 1000}
            height="12"
          />
        )}
      </For>
    </svg>
  );
}
