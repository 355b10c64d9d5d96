/** What browsers tell of the network, where they do (Network Information API). */
interface NetworkHints {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

function networkHints(): NetworkHints {
  return (navigator as { readonly connection?: NetworkHints }).connection ?? {};
}

/** Whether the person asked the browser to spend little. */
export function isSavingData(): boolean {
  return networkHints().saveData === true;
}

/** How often one's own pointer is told to others, in milliseconds; null for never. */
export function pointerIntervalMs(hints = networkHints()): number | null {
  if (hints.saveData === true || hints.effectiveType === "slow-2g") return null;
  if (hints.effectiveType === "2g") return 1_000;
  return hints.effectiveType === "3g" ? 250 : 100;
}
