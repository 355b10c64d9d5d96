import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";
import type { Media } from "./createMedia.ts";
import type { Tile } from "./sortTiles.ts";
import { wantedWidth } from "./wantedWidth.ts";

/** A picture beside the page is at least so wide. */
const besideThePagePixels = 480;
/** Who looks into another window for a moment finds the pictures moving when they come back. */
const hiddenGraceMs = 5_000;

interface ShownPictures {
  readonly tiles: Accessor<readonly Tile[]>;
  /** How wide a tile is, in CSS pixels; 0 where it has no place. */
  readonly widthOf: (tileId: string) => number;
  /** The tile that is seen beside the page also while that is hidden, or null. */
  readonly beside: Accessor<string | null>;
}

/** Keeps the engine told how large each picture is shown. Lives as long as its owner. */
export function createWantedPictures(
  media: Accessor<Media>,
  { tiles, widthOf, beside }: ShownPictures,
): void {
  const isPageShown = createPageShown();
  createEffect(() => {
    for (const tile of tiles()) {
      if (tile.isSelf) continue;
      const onPage = isPageShown() ? widthOf(tile.id) : 0;
      const width = beside() === tile.id ? Math.max(onPage, besideThePagePixels) : onPage;
      media().setWanted({
        participantId: tile.person.participantId,
        source: tile.kind === "screen" ? "screen" : "camera",
        widthPixels: wantedWidth(width, devicePixelRatio),
      });
    }
  });
}

function createPageShown(): Accessor<boolean> {
  const [isShown, setIsShown] = createSignal(document.visibilityState === "visible");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") setIsShown(true);
    else timer = setTimeout(() => setIsShown(false), hiddenGraceMs);
  };
  document.addEventListener("visibilitychange", follow);
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", follow);
  });
  return isShown;
}
