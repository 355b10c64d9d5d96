import { Show, type JSX } from "solid-js";
import styles from "./Field.module.css";

/** Ids that tie a control to its label, hint and error. */
export interface FieldIds {
  readonly control: string;
  readonly hint: string;
  readonly error: string;
}

export interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why the present value does not do; announced when it appears. */
  readonly error?: string | undefined;
}

/** Label above, control, then its error or its hint, in a place that is kept so that nothing jumps. */
export function Field(
  props: FieldProps & { readonly ids: FieldIds; readonly children: JSX.Element },
): JSX.Element {
  return (
    <div class={styles.field}>
      <label class={styles.label} for={props.ids.control}>
        {props.label}
      </label>
      {props.children}
      <Show when={props.hint !== undefined && props.error === undefined}>
        <p class={styles.hint} id={props.ids.hint}>
          {props.hint}
        </p>
      </Show>
      <p class={styles.error} id={props.ids.error} role="alert">
        {props.error}
      </p>
    </div>
  );
}

/** The ids of one field, from a base that is unique on the page. */
export function fieldIds(base: string): FieldIds {
  return { control: base, hint: `${base}-hint`, error: `${base}-error` };
}

/** What a control's `aria-describedby` names at present. */
export function describedBy(ids: FieldIds, field: FieldProps): string | undefined {
  if (field.error !== undefined) return ids.error;
  return field.hint === undefined ? undefined : ids.hint;
}
