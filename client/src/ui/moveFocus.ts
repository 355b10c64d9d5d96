/** Keys that move through a list, with their meaning for a list of `count` things. */
const moves: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const sideways: Readonly<Record<string, string>> = {
  ArrowRight: "ArrowDown",
  ArrowLeft: "ArrowUp",
};

/**
 * The index that `key` leads to from `index` (−1 for none) in a list of `count` things, wrapping around;
 * null when the key means nothing here. `horizontal` lists move with left and right.
 */
export function moveFocus(
  key: string,
  index: number,
  list: { readonly count: number; readonly horizontal?: boolean },
): number | null {
  if (list.count === 0) return null;
  const meant = list.horizontal === true ? (sideways[key] ?? key) : key;
  if (list.horizontal === true && key !== meant && index < 0) return 0;
  const move = moves[meant];
  return move === undefined
    ? null
    : move(Math.max(index, meant === "ArrowUp" ? 0 : -1), list.count);
}
