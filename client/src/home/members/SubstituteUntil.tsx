import { createSignal, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { decodeFutureTime, encodeLocalTime } from "../plannedTime.ts";
import type { Place } from "./place.ts";
import styles from "./MembersDialog.module.css";

/** The catalogue's word for each place. */
export const placeKeys = {
  student: "members.student",
  teacher: "members.teacher",
  substitute: "members.substitute",
} as const satisfies Record<Place, string>;

const weekMs = 7 * 24 * 3_600_000;

/** What a substitute's end most likely is: in a week (epoch ms, whole minutes). */
export function usualEnd(nowMs: number): number {
  return Math.floor((nowMs + weekMs) / 60_000) * 60_000;
}

export interface SubstituteUntilProps {
  readonly onChosen: (untilMs: number) => void;
  readonly onCancel: () => void;
}

/** Asks until when somebody teaches in another's stead. */
export function SubstituteUntil(props: SubstituteUntilProps): JSX.Element {
  const { t } = useI18n();
  const [value, setValue] = createSignal(encodeLocalTime(usualEnd(Date.now())));
  const [fault, setFault] = createSignal<string>();
  const choose = (): void => {
    const untilMs = decodeFutureTime(value(), Date.now());
    setFault(untilMs === null ? t("members.untilFault") : undefined);
    if (untilMs !== null) props.onChosen(untilMs);
  };
  return (
    <div class={styles.ask}>
      <TextField
        type="datetime-local"
        label={t("members.untilLabel")}
        error={fault()}
        value={value()}
        onInput={setValue}
      />
      <Button size="sm" onClick={() => props.onCancel()}>
        {t("common.cancel")}
      </Button>
      <Button size="sm" variant="primary" onClick={choose}>
        {t("common.save")}
      </Button>
    </div>
  );
}
