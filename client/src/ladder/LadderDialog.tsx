import { connectionModes, type ConnectionMode } from "@darasa/protocol";
import { Show, untrack, type JSX } from "solid-js";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { RadioGroup } from "../ui/RadioGroup.tsx";
import { Switch } from "../ui/Switch.tsx";
import styles from "./LadderDialog.module.css";
import { hourCost, megabytesOf, totalBytes } from "./reduceDataUse.ts";

/** How much of the class one takes, and what it costs. What is chosen holds at once. */
export function LadderDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t } = useI18n();
  const { ladder, media } = useClassroom();
  const isJitsi = () => media.state.provider === "jitsi";
  const hasMedia = () => media.state.provider !== "none";
  return (
    <Dialog size="sm" title={t("ladder.title")} onClose={() => props.onClose()}>
      <div class={styles.ladder}>
        <Meter isJitsi={isJitsi()} />
        <Show when={hasMedia()} fallback={<p>{t("ladder.noMedia")}</p>}>
          <Rungs isJitsi={isJitsi()} />
          <Show when={!isJitsi()}>
            <Switch
              label={t("ladder.automatic")}
              hint={t("ladder.automaticHint")}
              checked={ladder.state().isAutomatic}
              onChange={(isAutomatic) => ladder.setAutomatic(isAutomatic)}
            />
          </Show>
        </Show>
      </div>
    </Dialog>
  );
}

function Meter(props: { readonly isJitsi: boolean }): JSX.Element {
  const { t, formatNumber } = useI18n();
  const { ladder } = useClassroom();
  const megabytes = () => megabytesOf(totalBytes(ladder.use()));
  return (
    <div class={styles.meter}>
      <p class={styles.used} data-used-megabytes={megabytes()}>
        {t("ladder.used", { megabytes: formatNumber(megabytes()) })}
      </p>
      <p class={styles.hint}>{t(props.isJitsi ? "ladder.usedHintJitsi" : "ladder.usedHint")}</p>
    </div>
  );
}

function Rungs(props: { readonly isJitsi: boolean }): JSX.Element {
  const { t, formatNumber } = useI18n();
  const { ladder } = useClassroom();
  // An estimate that moved while one reads it would move the choice from under the finger.
  const use = untrack(() => ladder.use());
  const costOf = (mode: ConnectionMode): string => {
    if (props.isJitsi && mode !== "text") return t("ladder.costUnknown");
    const { bytes, isMeasured } = hourCost(use, mode);
    const megabytes = formatNumber(megabytesOf(bytes));
    return t(isMeasured ? "ladder.measured" : "ladder.cost", { megabytes });
  };
  return (
    <RadioGroup
      label={t("ladder.choose")}
      value={ladder.state().mode}
      options={connectionModes.map((mode) => ({
        value: mode,
        label: t(`ladder.mode.${mode}`),
        hint: `${t(`ladder.what.${mode}`)} ${costOf(mode)}`,
      }))}
      onChange={(mode) => ladder.choose(mode)}
    />
  );
}
