import { createMemo, createSignal, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { VideoGrid } from "../media/VideoGrid.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { classNames } from "../ui/classNames.ts";
import { useClassroom } from "./ClassroomContext.tsx";
import styles from "./VideoRegion.module.css";

/** Everybody on video: a strip beside the board, or the stage. */
export function VideoRegion(): JSX.Element {
  const { t } = useI18n();
  const { room, media, view, focusPlaces } = useClassroom();
  const [pinned, setPinned] = createSignal<string | null>(null);
  const people = createMemo(() => [...room.state().presence.values()]);
  const place = () => view.regions().video;
  const isStrip = () => place() === "strip" && view.state().layout === "wide";
  const isNobody = () =>
    media.state.remotes.length === 0 &&
    (media.state.status === "refused" || media.state.status === "idle");
  return (
    <section
      ref={(element) => focusPlaces.register("video", element)}
      class={classNames(styles.region, place() === "stage" ? styles.stage : styles.strip)}
      aria-label={t("classroom.pane.video")}
      tabIndex={-1}
      hidden={place() === null}
      data-empty={isNobody()}
    >
      <Show
        when={!isNobody()}
        fallback={
          <Show when={place() === "stage"}>
            <div class={styles.nobody}>
              <EmptyState title={t("classroom.noVideoTitle")} text={t("classroom.noVideoText")} />
            </div>
          </Show>
        }
      >
        <VideoGrid
          media={media}
          people={people()}
          layout={isStrip() ? "strip" : "grid"}
          pinned={pinned()}
          onPin={setPinned}
        />
      </Show>
    </section>
  );
}
