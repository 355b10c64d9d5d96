import { createUniqueId, For, Show, type JSX } from "solid-js";
import { readableColour } from "../../account/readableColour.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { colourContrast, enoughContrast } from "./colourContrast.ts";
import styles from "./ColourField.module.css";

export interface ColourFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onInput: (colour: string) => void;
}

/** White words can be read on all of them. */
const suggested = [
  "#0f766e",
  "#1f6585",
  "#34508f",
  "#5a4391",
  "#7b2f52",
  "#a03a28",
  "#8a4b12",
  "#3f6212",
];

/** The school's colour: one of a few, any by the browser's own picker or as #rrggbb, shown as words will stand on it. */
export function ColourField(props: ColourFieldProps): JSX.Element {
  const { t, formatNumber } = useI18n();
  const pickerId = createUniqueId();
  const contrast = (): number | null => colourContrast(props.value);
  const isPale = (): boolean => (contrast() ?? enoughContrast) < enoughContrast;
  const type = (typed: string): void => props.onInput(typed.trim().toLowerCase());
  return (
    <div class={styles.field}>
      <div class={styles.line}>
        <label class={styles.picker} for={pickerId}>
          <span class={styles.pickerLabel}>{t("school.colourPick")}</span>
          <input
            id={pickerId}
            type="color"
            value={contrast() === null ? "#000000" : props.value}
            onInput={(event) => type(event.currentTarget.value)}
          />
        </label>
        <div class={styles.code}>
          <TextField
            label={t("school.colour")}
            hint={t("school.colourHint")}
            error={props.error}
            value={props.value}
            maxLength={7}
            spellcheck={false}
            autocomplete="off"
            onInput={type}
          />
        </div>
      </div>
      <Show when={isPale()}>
        <div>
          <Button size="sm" onClick={() => type(readableColour(props.value) ?? props.value)}>
            {t("school.colourDarker")}
          </Button>
        </div>
      </Show>
      <div class={styles.swatches} role="group" aria-label={t("school.colourSuggested")}>
        <For each={suggested}>
          {(colour) => (
            <button
              type="button"
              class={styles.swatch}
              style={{ background: colour }}
              aria-label={colour}
              aria-pressed={props.value === colour}
              onClick={() => type(colour)}
            />
          )}
        </For>
      </div>
      <Show when={contrast()}>
        {(ratio) => (
          <p class={styles.sample} style={{ background: props.value }}>
            {t("school.colourSample")}
            <span class={styles.ratio}>
              {t("school.colourContrast", { contrast: formatNumber(ratio()) })}
            </span>
          </p>
        )}
      </Show>
    </div>
  );
}
