import { For, type JSX } from "solid-js";
import type { LiveClass } from "../api/api.ts";
import { ClassRow } from "./ClassRow.tsx";
import styles from "./ClassTimeline.module.css";

export interface ClassTimelineProps {
  readonly classes: readonly LiveClass[];
  /** Says the day with the time: for a list that spans several. */
  readonly days?: boolean | undefined;
  /** A class was started or changed here. */
  readonly onChanged: () => void;
}

/** Classes along their times. */
export function ClassTimeline(props: ClassTimelineProps): JSX.Element {
  return (
    <ol class={styles.timeline}>
      <For each={props.classes}>
        {(liveClass) => (
          <ClassRow
            liveClass={liveClass}
            showsDay={props.days === true}
            onChanged={() => props.onChanged()}
          />
        )}
      </For>
    </ol>
  );
}
