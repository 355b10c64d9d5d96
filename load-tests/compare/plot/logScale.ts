/** A logarithmic axis over some pixels. */
export interface LogScale {
  /** Powers of ten, from one at or below the least value to one at or above the greatest. */
  readonly ticks: readonly number[];
  /** Pixels from the start of the axis. */
  readonly place: (value: number) => number;
}

/** An axis on which every one of these values, all above zero, has its place. */
export function makeLogScale(values: readonly number[], pixels: number): LogScale {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(Math.ceil(Math.log10(Math.max(...values))), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_unused, index) => 10 ** (first + index));
  return {
    ticks,
    place: (value) => ((Math.log10(value) - first) / (last - first)) * pixels,
  };
}
