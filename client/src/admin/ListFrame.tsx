import { Match, Show, Switch, type JSX } from "solid-js";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { FailedCard } from "../shell/FailedCard.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import type { PagedList } from "./createPagedList.ts";
import styles from "./ListFrame.module.css";

export interface ListFrameProps<Item> {
  readonly list: PagedList<Item>;
  /** When there is nothing. */
  readonly empty: JSX.Element;
  readonly children: (items: () => readonly Item[]) => JSX.Element;
}

/** A long list with all its states: loading, failed, empty, and more to come. */
export function ListFrame<Item>(props: ListFrameProps<Item>): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  return (
    <Switch
      fallback={
        <div class={styles.skeleton} role="status">
          <VisuallyHidden>{t("common.loading")}</VisuallyHidden>
          <Skeleton height="3.25rem" />
          <Skeleton height="3.25rem" />
          <Skeleton height="3.25rem" />
          <Skeleton height="3.25rem" />
        </div>
      }
    >
      <Match when={props.list.items()}>
        {(items) => (
          <div class={styles.frame} aria-busy={props.list.busy()}>
            <Show when={props.list.error() !== undefined}>
              <Banner
                tone="warning"
                announce="status"
                actions={
                  <Button size="sm" onClick={() => void props.list.reload()}>
                    {t("common.retry")}
                  </Button>
                }
              >
                {problemText(props.list.error())}
              </Banner>
            </Show>
            <Show
              when={items().length > 0}
              fallback={<div class={styles.empty}>{props.empty}</div>}
            >
              {props.children(items)}
            </Show>
            <Show when={props.list.more()}>
              <div class={styles.more}>
                <Button busy={props.list.busy()} onClick={() => void props.list.loadMore()}>
                  {t("admin.more")}
                </Button>
              </div>
            </Show>
          </div>
        )}
      </Match>
      <Match when={props.list.error() !== undefined}>
        <FailedCard error={props.list.error()} onRetry={() => void props.list.reload()} />
      </Match>
    </Switch>
  );
}
