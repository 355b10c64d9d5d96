import ChevronDown from "lucide-solid/icons/chevron-down";
import { createUniqueId, For, splitProps, type JSX } from "solid-js";
import { describedBy, Field, fieldIds, type FieldProps } from "./Field.tsx";
import { classNames } from "./classNames.ts";
import styles from "./Field.module.css";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps
  extends FieldProps, Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, "id" | "onChange"> {
  readonly options: readonly SelectOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of several, by the platform's own list: the best there is on phones and for screen readers. */
export function Select(props: SelectProps): JSX.Element {
  const ids = fieldIds(createUniqueId());
  const [field, own, rest] = splitProps(
    props,
    ["label", "hint", "error"],
    ["options", "value", "onChange", "class"],
  );
  return (
    <Field {...field} ids={ids}>
      <div class={styles.withAction}>
        <select
          {...rest}
          id={ids.control}
          class={classNames(styles.control, styles.select, own.class)}
          aria-invalid={field.error === undefined ? undefined : "true"}
          aria-describedby={describedBy(ids, field)}
          onChange={(event) => own.onChange(event.currentTarget.value)}
        >
          <For each={own.options}>
            {(option) => (
              <option value={option.value} selected={option.value === own.value}>
                {option.label}
              </option>
            )}
          </For>
        </select>
        <span class={styles.chevron} aria-hidden="true">
          <ChevronDown />
        </span>
      </div>
    </Field>
  );
}
