/** What a program held at some moment. */
export interface MemorySample {
  readonly atMs: number;
  readonly bytes: number;
}

/** How memory grew in the second half, when all is warm: the slope by least squares. */
export function bytesPerMinute(samples: readonly MemorySample[]): number {
  const warm = samples.slice(Math.floor(samples.length / 2));
  const mean = (pick: (sample: MemorySample) => number) =>
    warm.reduce((sum, sample) => sum + pick(sample), 0) / warm.length;
  const [meanMs, meanBytes] = [mean(({ atMs }) => atMs), mean(({ bytes }) => bytes)];
  const spread = mean(({ atMs }) => (atMs - meanMs) ** 2);
  if (warm.length === 0 || spread === 0) return 0;
  const together = mean(({ atMs, bytes }) => (atMs - meanMs) * (bytes - meanBytes));
  return (together / spread) * 60_000;
}
