/** What a line was like at one moment. */
export interface LineSample {
  /** By a clock that nobody sets. */
  readonly atMs: number;
  /** Null where nothing was measured. */
  readonly roundTripMs: number | null;
  /** 0 to 1; null where nothing was sent. */
  readonly lossFraction: number | null;
}

/** The last samples of a line, the newest last. */
export type Line = readonly LineSample[];

/** So much of a line is looked at before it is called thin. */
export const thinWindowMs = 10_000;
/** Fewer say nothing: a device that changes its network looks lost for a moment. */
const leastSamples = 4;
const thinShare = 0.7;
/** A line is called good again only when there was next to nothing wrong with it for long. */
const goodShare = 0.9;
/** By so much may the first sample be younger than the time that is asked about. */
const patienceMs = 5_000;

/** From here on speech is full of holes, and answers come too late to talk to each other. */
const bad = { lossFraction: 0.08, roundTripMs: 1_000 } as const;
/** Here smaller pictures are no help any more. */
const severe = { lossFraction: 0.25, roundTripMs: 3_000 } as const;
/** Up to here a step up is worth a try. */
const good = { lossFraction: 0.03, roundTripMs: 500 } as const;

/** The line with one more sample, without those that are older than `keepMs`. A sample of nothing is none. Pure. */
export function addSample(line: Line, sample: LineSample, keepMs: number): Line {
  const kept = line.filter(({ atMs }) => atMs > sample.atMs - keepMs);
  const isMeasured = sample.lossFraction !== null || sample.roundTripMs !== null;
  return isMeasured ? [...kept, sample] : kept;
}

/** Was the line bad for most of the last ten seconds? Pure. */
export function isThin(line: Line, nowMs: number): boolean {
  const recent = since(line, nowMs - thinWindowMs);
  return recent.length >= leastSamples && share(recent, isBad) >= thinShare;
}

/** Is a thin line so thin that sound alone is all that it carries, if that? Pure. */
export function isSevere(line: Line, nowMs: number): boolean {
  const recent = since(line, nowMs - thinWindowMs);
  const isWorse = (sample: LineSample) => reaches(sample, severe);
  return recent.length >= leastSamples && share(recent, isWorse) >= thinShare;
}

/** Was there nothing wrong in the last `windowMs`, as far as was measured? Pure. */
export function isClean(line: Line, nowMs: number, windowMs: number): boolean {
  return !since(line, nowMs - windowMs).some(isBad);
}

/** Was the line good all the time for `forMs`, and measured so long? Pure. */
export function isGood(line: Line, nowMs: number, forMs: number): boolean {
  const all = since(line, nowMs - forMs);
  const first = all[0];
  if (first === undefined || all.length < leastSamples) return false;
  const isLongEnough = first.atMs <= nowMs - forMs + patienceMs;
  return isLongEnough && share(all, isBad) <= 0.05 && share(all, isGoodSample) >= goodShare;
}

function since(line: Line, fromMs: number): Line {
  return line.filter(({ atMs }) => atMs > fromMs);
}

function isBad(sample: LineSample): boolean {
  return reaches(sample, bad);
}

function isGoodSample({ lossFraction, roundTripMs }: LineSample): boolean {
  return (lossFraction ?? 0) < good.lossFraction && (roundTripMs ?? 0) < good.roundTripMs;
}

function reaches(
  { lossFraction, roundTripMs }: LineSample,
  mark: { readonly lossFraction: number; readonly roundTripMs: number },
): boolean {
  return (lossFraction ?? 0) >= mark.lossFraction || (roundTripMs ?? 0) >= mark.roundTripMs;
}

function share(line: Line, is: (sample: LineSample) => boolean): number {
  return line.filter(is).length / line.length;
}
