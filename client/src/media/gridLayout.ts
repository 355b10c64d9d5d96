/** Width to height of every tile: so nothing jumps when a camera goes on. */
export const tileAspect = 16 / 9;

export interface GridSpace {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly gapPixels: number;
}

export interface GridLayout {
  readonly columns: number;
  readonly tileWidthPixels: number;
  readonly tileHeightPixels: number;
}

/** The number of columns with which `count` equal tiles are largest and all fit into the space. */
export function gridLayout(count: number, space: GridSpace): GridLayout {
  let best = layoutWith(1, count, space);
  for (let columns = 2; columns <= count; columns += 1) {
    const next = layoutWith(columns, count, space);
    if (next.tileWidthPixels > best.tileWidthPixels) best = next;
  }
  return best;
}

/** Where one large tile and a row or column of small ones go. */
export interface StageLayout {
  /** Small tiles stand beside the large one, or below it. */
  readonly side: "beside" | "below";
  readonly smallWidthPixels: number;
  readonly smallHeightPixels: number;
}

const smallestWidthPixels = 112;
const largestWidthPixels = 224;

/** Puts the small tiles where the large one keeps more room; they scroll if they do not all fit. */
export function stageLayout(space: GridSpace): StageLayout {
  const { widthPixels, heightPixels } = space;
  const isWide = widthPixels > heightPixels * tileAspect;
  const share = isWide ? widthPixels * 0.2 : heightPixels * 0.22 * tileAspect;
  const width = Math.floor(Math.min(largestWidthPixels, Math.max(smallestWidthPixels, share)));
  return {
    side: isWide ? "beside" : "below",
    smallWidthPixels: width,
    smallHeightPixels: Math.floor(width / tileAspect),
  };
}

function layoutWith(columns: number, count: number, space: GridSpace): GridLayout {
  const rows = Math.max(1, Math.ceil(count / columns));
  const byWidth = (space.widthPixels - space.gapPixels * (columns - 1)) / columns;
  const byHeight = ((space.heightPixels - space.gapPixels * (rows - 1)) / rows) * tileAspect;
  const width = Math.max(0, Math.floor(Math.min(byWidth, byHeight)));
  return { columns, tileWidthPixels: width, tileHeightPixels: Math.floor(width / tileAspect) };
}
