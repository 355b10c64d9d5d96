/** The middle of the values, between the two in the middle of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** How one compares with another over several rounds. */
export interface PairedRatio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * The ratios of what was measured in the same round: what slowed the machine down for a while slowed both. Rounds that
 * one of the two has no figure of do not count; null when none does.
 */
export function pairedRatio(
  values: readonly (number | null)[],
  bases: readonly (number | null)[],
): PairedRatio | null {
  const ratios = values.flatMap((value, round) => {
    const base = bases[round] ?? null;
    return value === null || base === null || base <= 0 ? [] : [value / base];
  });
  if (ratios.length === 0) return null;
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
