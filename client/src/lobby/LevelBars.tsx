import { Index, type JSX } from "solid-js";
import { classNames } from "../ui/classNames.ts";
import styles from "./LevelBars.module.css";

const barCount = 12;

/** How loud it is, as bars that fill up. Decoration: say in words beside it what it means. */
export function LevelBars(props: { readonly level: number; readonly off: boolean }): JSX.Element {
  const lit = (): number => (props.off ? 0 : litBars(props.level));
  return (
    <span class={classNames(styles.bars, props.off && styles.off)} aria-hidden="true">
      <Index each={Array.from({ length: barCount })}>
        {(_, index) => <span class={classNames(styles.bar, index < lit() && styles.lit)} />}
      </Index>
    </span>
  );
}

/** Of the bars how many are lit: hearing is logarithmic, so -60 dB lights none and 0 dB all. */
function litBars(level: number): number {
  if (level <= 0) return 0;
  const decibels = 20 * Math.log10(level);
  return Math.round(Math.min(1, Math.max(0, (decibels + 60) / 50)) * barCount);
}
