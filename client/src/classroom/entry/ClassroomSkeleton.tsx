import type { JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Page } from "../../shell/Page.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import styles from "./ClassroomSkeleton.module.css";

/** The way in, before it is known where it leads. */
export function ClassroomSkeleton(): JSX.Element {
  const { t } = useI18n();
  return (
    <Page title={t("classroom.title")} class={styles.main}>
      <div class={styles.card} role="status">
        <VisuallyHidden>{t("common.loading")}</VisuallyHidden>
        <Skeleton width="40%" />
        <Skeleton width="75%" height="2rem" />
        <Skeleton height="10rem" />
      </div>
    </Page>
  );
}
