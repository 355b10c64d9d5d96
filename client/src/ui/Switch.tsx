import { createUniqueId, Show, type JSX } from "solid-js";
import styles from "./Switch.module.css";

export interface SwitchProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
}

/** On or off, at once. The whole line is the target. */
export function Switch(props: SwitchProps): JSX.Element {
  const id = createUniqueId();
  return (
    <label class={styles.line}>
      <span class={styles.words}>
        <span class={styles.label} id={`${id}-label`}>
          {props.label}
        </span>
        <Show when={props.hint}>
          <span class={styles.hint} id={`${id}-hint`}>
            {props.hint}
          </span>
        </Show>
      </span>
      <input
        type="checkbox"
        role="switch"
        class={styles.switch}
        checked={props.checked}
        disabled={props.disabled}
        aria-labelledby={`${id}-label`}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          // What it shows is what the owner says, also when the owner refuses.
          event.currentTarget.checked = props.checked;
          props.onChange(wanted);
        }}
      />
    </label>
  );
}
