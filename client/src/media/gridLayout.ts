/** Where a tile goes inside its space. */
export interface TileRect {
  readonly leftPixels: number;
  readonly topPixels: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

export interface GridSpace {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly gapPixels: number;
}

/** Width to height of every small tile, camera on or off, so that nothing jumps. */
const tileAspect = 16 / 9;
const smallestShare = 0.22;
const largestSmallWidthPixels = 240;

/**
 * Places `count` tiles, all of them inside the space: equal ones, or with `featured` (an index) one large
 * and the others beside or below it, wherever it keeps more room.
 */
export function gridLayout(
  count: number,
  featured: number | null,
  space: GridSpace,
): readonly TileRect[] {
  if (featured === null || count === 1) return equalTiles(count, space);
  const isWide = space.widthPixels > space.heightPixels * tileAspect;
  const [large, ...small] = isWide ? lineBeside(count - 1, space) : lineBelow(count - 1, space);
  return large === undefined ? [] : [...small.slice(0, featured), large, ...small.slice(featured)];
}

function equalTiles(
  count: number,
  space: GridSpace,
  maxWidthPixels = Infinity,
): readonly TileRect[] {
  let columns = 1;
  for (let next = 2; next <= count; next += 1)
    if (tileWidth(next, count, space) > tileWidth(columns, count, space)) columns = next;
  const widthPixels = Math.min(maxWidthPixels, tileWidth(columns, count, space));
  const heightPixels = Math.floor(widthPixels / tileAspect);
  const rows = Math.ceil(count / columns);
  const top = centred(space.heightPixels, rows, { size: heightPixels, gap: space.gapPixels });
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    // The last row stands in the middle when it is not full.
    const inRow = Math.min(columns, count - row * columns);
    const left = centred(space.widthPixels, inRow, { size: widthPixels, gap: space.gapPixels });
    return {
      leftPixels: left(index % columns),
      topPixels: top(row),
      widthPixels,
      heightPixels,
    };
  });
}

function tileWidth(columns: number, count: number, space: GridSpace): number {
  const rows = Math.ceil(count / columns);
  const byWidth = (space.widthPixels - space.gapPixels * (columns - 1)) / columns;
  const byHeight = ((space.heightPixels - space.gapPixels * (rows - 1)) / rows) * tileAspect;
  return Math.max(0, Math.floor(Math.min(byWidth, byHeight)));
}

/** The large tile first, then the small ones in a column to its right. */
function lineBeside(smallCount: number, space: GridSpace): readonly TileRect[] {
  const { widthPixels: width, heightPixels: height, gapPixels: gap } = space;
  const fitting = ((height - gap * (smallCount - 1)) / smallCount) * tileAspect;
  const small = smallSize(Math.min(width * smallestShare, fitting));
  const largeWidth = Math.max(0, width - small.width - gap);
  const top = centred(height, smallCount, { size: small.height, gap });
  const large = { leftPixels: 0, topPixels: 0, widthPixels: largeWidth, heightPixels: height };
  const others = Array.from({ length: smallCount }, (_, index) => ({
    leftPixels: largeWidth + gap,
    topPixels: top(index),
    widthPixels: small.width,
    heightPixels: small.height,
  }));
  return [large, ...others];
}

/** The large tile first, as high as it can use, then the small ones right under it; all in the middle. */
function lineBelow(smallCount: number, space: GridSpace): readonly TileRect[] {
  const { widthPixels, heightPixels, gapPixels } = space;
  const largeHeight = Math.floor(
    Math.min(heightPixels * (1 - smallestShare), widthPixels / tileAspect),
  );
  const below = largeHeight + gapPixels;
  const rest = { widthPixels, heightPixels: Math.max(0, heightPixels - below), gapPixels };
  const maxWidth = Math.max(largestSmallWidthPixels, Math.floor(widthPixels * 0.4));
  const small = equalTiles(smallCount, rest, maxWidth);
  // What the small ones leave free above them, as much as below them, goes half over the large one.
  const free = small[0]?.topPixels ?? 0;
  const large = { leftPixels: 0, topPixels: free, widthPixels, heightPixels: largeHeight };
  return [large, ...small.map((tile) => ({ ...tile, topPixels: tile.topPixels + below }))];
}

function smallSize(wishedWidth: number): { readonly width: number; readonly height: number } {
  const width = Math.max(0, Math.floor(Math.min(largestSmallWidthPixels, wishedWidth)));
  return { width, height: Math.floor(width / tileAspect) };
}

/** Where the `index`-th of `count` equal pieces begins when all together stand in the middle. */
function centred(
  length: number,
  count: number,
  { size, gap }: { readonly size: number; readonly gap: number },
): (index: number) => number {
  const used = count * size + (count - 1) * gap;
  const start = Math.max(0, Math.floor((length - used) / 2));
  return (index) => start + index * (size + gap);
}
