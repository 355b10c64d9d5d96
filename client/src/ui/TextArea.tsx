import { createUniqueId, splitProps, type JSX } from "solid-js";
import { classNames } from "./classNames.ts";
import { describedBy, Field, fieldIds, type FieldProps } from "./Field.tsx";
import styles from "./Field.module.css";

export interface TextAreaProps
  extends FieldProps, Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, "id" | "onInput"> {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** Several lines of text with their label, hint and error. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const ids = fieldIds(createUniqueId());
  const [field, own, rest] = splitProps(props, ["label", "hint", "error"], ["onInput", "class"]);
  return (
    <Field {...field} ids={ids}>
      <textarea
        {...rest}
        id={ids.control}
        class={classNames(styles.control, own.class)}
        aria-invalid={field.error === undefined ? undefined : "true"}
        aria-describedby={describedBy(ids, field)}
        onInput={(event) => own.onInput(event.currentTarget.value)}
      />
    </Field>
  );
}
