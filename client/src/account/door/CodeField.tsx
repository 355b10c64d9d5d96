import { onMount, type JSX } from "solid-js";
import { TextField } from "../../ui/TextField.tsx";
import styles from "./Form.module.css";

export interface CodeFieldProps {
  readonly label: string;
  /** As typed or pasted: `codeDigits` finds the digits. */
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  /** `digits` of an authenticator, which phones offer by themselves; `any` takes a recovery code too. */
  readonly kind?: "digits" | "any" | undefined;
  /** Takes the focus as it appears. */
  readonly focused?: boolean | undefined;
}

/** A code of the second factor. */
export function CodeField(props: CodeFieldProps): JSX.Element {
  let place: HTMLDivElement | undefined;
  onMount(() => {
    if (props.focused === true) place?.querySelector("input")?.focus();
  });
  return (
    <div ref={(element) => (place = element)}>
      <TextField
        label={props.label}
        error={props.error}
        hint={props.hint}
        class={styles.code}
        name="one-time-code"
        inputmode={props.kind === "any" ? "text" : "numeric"}
        autocomplete={props.kind === "any" ? "off" : "one-time-code"}
        autocapitalize="none"
        spellcheck={false}
        maxLength={32}
        value={props.value}
        onInput={(value) => props.onInput(value)}
      />
    </div>
  );
}
