const gapPx = 6;
const edgePx = 8;

/**
 * Puts `popup` (position: fixed) under `anchor`, or above it where there is more room, with its end at the
 * anchor's end where it would otherwise leave the window.
 */
export function placeMenu(popup: HTMLElement, anchor: HTMLElement): void {
  // A width that fits its words, measured where nothing squeezes it.
  popup.style.left = `${edgePx}px`;
  popup.style.maxWidth = `${innerWidth - 2 * edgePx}px`;
  const at = anchor.getBoundingClientRect();
  const { width, height } = popup.getBoundingClientRect();
  const left = at.left + width + edgePx > innerWidth ? at.right - width : at.left;
  const below = innerHeight - at.bottom - gapPx - edgePx;
  const above = at.top - gapPx - edgePx;
  const goesUp = height > below && above > below;

  popup.style.left = `${Math.max(edgePx, Math.min(left, innerWidth - width - edgePx))}px`;
  popup.style.maxHeight = `${goesUp ? above : below}px`;
  if (goesUp) popup.style.bottom = `${innerHeight - at.top + gapPx}px`;
  else popup.style.top = `${at.bottom + gapPx}px`;
}
