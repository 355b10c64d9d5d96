/** Rows beyond the edges that are drawn too, so that a flick of the finger finds them. */
const spareRows = 8;

export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Which rows of equal height to draw of a list that is scrolled to `top`. Pure. */
export function visibleRows(list: {
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}): RowWindow {
  const { top, height, rowHeight, count } = list;
  const first = Math.max(0, Math.floor(top / rowHeight) - spareRows);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + spareRows);
  return { first: Math.min(first, end), end };
}
