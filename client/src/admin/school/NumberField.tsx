import type { JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { TextField } from "../../ui/TextField.tsx";
import type { SchoolForm } from "./createSchoolForm.ts";
import { readNumber, type NumberSetting } from "./schoolDraft.ts";
import styles from "./School.module.css";

export interface NumberFieldProps {
  readonly form: SchoolForm;
  readonly setting: NumberSetting;
  readonly label: string;
  /** Stands behind the number. */
  readonly unit: string;
  readonly hint?: string;
  /** The hint tells how long that is in months or years. */
  readonly isDays?: boolean;
}

const daysInMonth = 365 / 12;
const daysInYear = 365;

/** A whole number with its unit. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const { t, formatNumber } = useI18n();
  const span = (): string | undefined => {
    const days = readNumber(props.form.draft[props.setting]);
    if (days === null || days < 2 * daysInMonth) return undefined;
    const isLong = days >= 2 * daysInYear;
    const count = days / (isLong ? daysInYear : daysInMonth);
    const text = formatNumber(count, { maximumFractionDigits: isLong ? 1 : 0 });
    return t(isLong ? "school.aboutYears" : "school.aboutMonths", { count: text });
  };
  return (
    <div class={styles.number}>
      <TextField
        label={props.label}
        hint={props.isDays === true ? span() : props.hint}
        error={props.form.fault(props.setting)}
        inputmode="numeric"
        autocomplete="off"
        maxLength={6}
        value={props.form.draft[props.setting]}
        action={<span class={styles.unit}>{props.unit}</span>}
        onInput={(typed) => props.form.set({ [props.setting]: typed })}
      />
    </div>
  );
}
