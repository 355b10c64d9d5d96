import { createUniqueId, Show, splitProps, type JSX } from "solid-js";
import { describedBy, Field, fieldIds, type FieldProps } from "./Field.tsx";
import { classNames } from "./classNames.ts";
import styles from "./Field.module.css";

export interface TextFieldProps
  extends FieldProps, Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "id" | "onInput"> {
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** A small control at the end of the field: show the password, clear. */
  readonly action?: JSX.Element;
}

/** One line of text with its label, hint and error. */
export function TextField(props: TextFieldProps): JSX.Element {
  const ids = fieldIds(createUniqueId());
  const [field, own, rest] = splitProps(
    props,
    ["label", "hint", "error"],
    ["onInput", "action", "class"],
  );
  return (
    <Field {...field} ids={ids}>
      <div class={classNames(own.action !== undefined && styles.withAction)}>
        <input
          type="text"
          {...rest}
          id={ids.control}
          class={classNames(styles.control, own.class)}
          aria-invalid={field.error === undefined ? undefined : "true"}
          aria-describedby={describedBy(ids, field)}
          onInput={(event) => own.onInput(event.currentTarget.value)}
        />
        <Show when={own.action}>
          <div class={styles.action}>{own.action}</div>
        </Show>
      </div>
    </Field>
  );
}
