import { Match, Show, Switch, type JSX, For } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { FailedCard } from "../../shell/FailedCard.tsx";
import { Page } from "../../shell/Page.tsx";
import { Select } from "../../ui/Select.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import type { Loaded } from "./createLoaded.ts";
import { recent, type TermChoice } from "./createTermChoice.ts";
import styles from "./Term.module.css";

export interface TermFrameProps<Data> {
  readonly title: string;
  /** The room, once it is known. */
  readonly where: string | undefined;
  readonly choice: TermChoice;
  readonly loaded: Loaded<Data>;
  readonly actions?: JSX.Element;
  readonly children: (data: Data) => JSX.Element;
}

/** A page about a stretch of time: what it is about, which time, and what was loaded for it. */
export function TermFrame<Data>(props: TermFrameProps<Data>): JSX.Element {
  const { t } = useI18n();
  const options = () => [
    ...(props.choice.terms() ?? []).map(({ id, name }) => ({ value: id, label: name })),
    { value: recent, label: t("register.recent") },
  ];
  const error = (): unknown => props.choice.error() ?? props.loaded.error();
  return (
    <Page title={props.title}>
      <header class={styles.head}>
        <div class={styles.words}>
          <h1 class={styles.title}>{props.title}</h1>
          <p class={styles.where}>{props.where ?? "…"}</p>
        </div>
        <div class={styles.actions}>{props.actions}</div>
      </header>
      <div class={styles.choice}>
        <Select
          label={t("register.termLabel")}
          hint={props.choice.terms()?.length === 0 ? t("register.noTerms") : undefined}
          options={options()}
          value={props.choice.chosen()}
          onChange={(value) => props.choice.choose(value)}
        />
      </div>
      <Switch
        fallback={
          <div class={styles.waiting} role="status">
            <p>{t("register.summing")}</p>
            <Skeleton height="24rem" />
          </div>
        }
      >
        <Match when={props.loaded.data()}>{(data) => props.children(data())}</Match>
        <Match when={error() !== undefined}>
          <FailedCard
            error={error()}
            onRetry={() => {
              if (props.choice.error() === undefined) props.loaded.retry();
              else props.choice.retry();
            }}
          />
        </Match>
      </Switch>
    </Page>
  );
}

/** Numbers that stand above a table. */
export function Figures(props: {
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}): JSX.Element {
  return (
    <dl class={styles.figures}>
      <For each={props.figures}>
        {({ label, value }) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

/** Says that there were more classes than are shown. */
export function CutNote(props: { readonly isCut: boolean }): JSX.Element {
  const { t } = useI18n();
  return (
    <Show when={props.isCut}>
      <p class={styles.note}>{t("register.cut")}</p>
    </Show>
  );
}
