import { createMemo, createSignal, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { VideoGrid } from "../../media/VideoGrid.tsx";
import { ownRights } from "../../room/reduceRoom.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { classNames } from "../../ui/classNames.ts";
import { useClassroom } from "../ClassroomContext.tsx";
import { PointerLayer } from "../pointer/PointerLayer.tsx";
import { isNobodyOnVideo } from "./isNobodyOnVideo.ts";
import { tileArrangement } from "./visibleRegions.ts";
import styles from "./VideoRegion.module.css";

/** Everybody on video: a strip beside the board, or the stage. */
export function VideoRegion(): JSX.Element {
  const { t } = useI18n();
  const { room, media, view, focusPlaces, pictureInPicture, ladder } = useClassroom();
  const [pinned, setPinned] = createSignal<string | null>(null);
  const people = createMemo(() => [...room.state().presence.values()]);
  const place = () => view.regions().video;
  const isNobody = () => isNobodyOnVideo(media.state);
  return (
    <section
      ref={(element) => focusPlaces.register("video", element)}
      class={classNames(styles.region, place() === "stage" ? styles.stage : styles.strip)}
      aria-label={t("classroom.pane.video")}
      tabIndex={-1}
      hidden={place() === null || (place() === "strip" && isNobody())}
    >
      <Show
        when={!isNobody()}
        fallback={
          <div class={styles.nobody}>
            <Show
              when={ladder.state().mode === "text"}
              fallback={
                <EmptyState title={t("classroom.noVideoTitle")} text={t("classroom.noVideoText")} />
              }
            >
              <EmptyState
                title={t("ladder.textTitle")}
                text={t("ladder.textText")}
                action={<Button onClick={() => ladder.setOpen(true)}>{t("ladder.change")}</Button>}
              />
            </Show>
          </div>
        }
      >
        <Show
          when={media.state.provider !== "jitsi"}
          fallback={<div ref={media.mountStage} class={styles.engine} />}
        >
          <VideoGrid
            media={media}
            people={people()}
            pinned={pinned()}
            onPin={setPinned}
            arrangement={tileArrangement(view.state())}
            spotlight={room.state().stage?.spotlight ?? null}
            showsQuality={ownRights(room.state()).moderate}
            screenOverlay={PointerLayer}
            pictureInPicture={pictureInPicture}
          />
        </Show>
      </Show>
    </section>
  );
}
