import { For, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import styles from "./Overview.module.css";

/** The start page's shape while its content is on the way. */
export function OverviewSkeleton(): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={styles.columns} role="status">
      <VisuallyHidden>{t("common.loading")}</VisuallyHidden>
      <For each={["7.5rem", "9.25rem"]}>
        {(height) => (
          <div class={styles.skeletons}>
            <Skeleton width="8rem" height="1.6875rem" />
            <Skeleton height={height} />
            <Skeleton height={height} />
            <Skeleton height={height} />
          </div>
        )}
      </For>
    </div>
  );
}
