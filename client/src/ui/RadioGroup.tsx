import { createUniqueId, For, Show, type JSX } from "solid-js";
import { classNames } from "./classNames.ts";
import styles from "./RadioGroup.module.css";

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string | undefined;
}

export interface RadioGroupProps<Value extends string> {
  readonly label: string;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Side by side for short words, below each other for explained ones. */
  readonly layout?: "row" | "column" | undefined;
}

/** One of a few, all in sight. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset>
      <legend class={styles.legend}>{props.label}</legend>
      <div class={classNames(styles.options, props.layout === "row" && styles.row)}>
        <For each={props.options}>
          {(option) => (
            <label class={styles.option}>
              <input
                type="radio"
                class={styles.radio}
                name={name}
                value={option.value}
                checked={option.value === props.value}
                onChange={() => props.onChange(option.value)}
              />
              <span class={styles.words}>
                <span class={styles.label}>{option.label}</span>
                <Show when={option.hint}>
                  <span class={styles.hint}>{option.hint}</span>
                </Show>
              </span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
