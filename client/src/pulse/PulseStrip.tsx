import ChevronDown from "lucide-solid/icons/chevron-down";
import { For, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { classNames } from "../ui/classNames.ts";
import type { ClassPulse } from "./createClassPulse.ts";
import { needs, type Need } from "./needsMe.ts";
import styles from "./PulseStrip.module.css";

/** Above the people: how many need their teacher and why; a press shows only those. */
export function PulseStrip(props: { readonly pulse: ClassPulse }): JSX.Element {
  const { t } = useI18n();
  const isOpen = () => props.pulse.isOpen();
  return (
    <div class={styles.strip}>
      <button
        type="button"
        class={styles.title}
        aria-expanded={isOpen()}
        title={t("pulse.titleHint")}
        onClick={() => props.pulse.setOpen(!isOpen())}
      >
        {t("pulse.title")}
        <ChevronDown
          class={classNames(styles.chevron, isOpen() && styles.open)}
          aria-hidden="true"
        />
      </button>
      <Show when={isOpen()}>
        <div class={styles.filters} role="group" aria-label={t("pulse.filter")}>
          <Filter pulse={props.pulse} need={null} />
          <For each={needs}>{(need) => <Filter pulse={props.pulse} need={need} />}</For>
        </div>
        <Show when={props.pulse.ids().length === 0 && props.pulse.filter()}>
          {(need) => <p class={styles.nobody}>{t(`pulse.nobody.${need()}`)}</p>}
        </Show>
      </Show>
    </div>
  );
}

function Filter(props: { readonly pulse: ClassPulse; readonly need: Need | null }): JSX.Element {
  const { t, formatNumber } = useI18n();
  const count = () => (props.need === null ? 0 : props.pulse.counts()[props.need]);
  return (
    <button
      type="button"
      class={classNames(styles.filter, count() > 0 && styles[props.need ?? "all"])}
      aria-pressed={props.pulse.filter() === props.need}
      onClick={() => props.pulse.setFilter(props.need)}
    >
      {t(`pulse.${props.need ?? "all"}`)}
      <Show when={count() > 0}>
        <span class={styles.count}>{formatNumber(count())}</span>
      </Show>
    </button>
  );
}
