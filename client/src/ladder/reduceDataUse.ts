import { connectionModes, type ConnectionMode } from "@darasa/protocol";

/** What went over the line in one mode, and for how long. */
interface Spent {
  readonly bytes: number;
  readonly ms: number;
}

/** What a class has cost a person so far, both directions together. */
export interface DataUse {
  /** Sound, pictures and the line to the class. */
  readonly byMode: Readonly<Record<ConnectionMode, Spent>>;
  /** What was loaded once, such as the pages of a document; it says nothing of an hour. */
  readonly loadedBytes: number;
}

/** What an hour of a mode costs. */
export interface HourCost {
  readonly bytes: number;
  /** By what was measured in this class; otherwise by what the mode sends and receives at most times. */
  readonly isMeasured: boolean;
}

const nothing: Spent = { bytes: 0, ms: 0 };

export const noDataUse: DataUse = {
  byMode: { full: nothing, lite: nothing, audio: nothing, text: nothing },
  loadedBytes: 0,
};

/**
 * One teacher who is seen and mostly speaks, with a few small pictures beside: 0.9 Mbit/s; the same at 180 lines:
 * 0.2 Mbit/s; speech with its envelopes: 56 kbit/s; board and chat: 4 kbit/s.
 */
const usualHourBytes: Readonly<Record<ConnectionMode, number>> = {
  full: 400_000_000,
  lite: 90_000_000,
  audio: 25_000_000,
  text: 2_000_000,
};
const hourMs = 3_600_000;
/** Shorter than that, an hour cannot be told from it. */
export const leastMeasuredMs = 60_000;

/** The use with some more of it. Pure. */
export function addDataUse(
  use: DataUse,
  more: Spent & { readonly mode: ConnectionMode; readonly loadedBytes: number },
): DataUse {
  const { bytes, ms } = use.byMode[more.mode];
  const spent = { bytes: bytes + more.bytes, ms: ms + more.ms };
  return {
    byMode: { ...use.byMode, [more.mode]: spent },
    loadedBytes: use.loadedBytes + more.loadedBytes,
  };
}

/** All that the class has cost so far. Pure. */
export function totalBytes({ byMode, loadedBytes }: DataUse): number {
  return connectionModes.reduce((sum, mode) => sum + byMode[mode].bytes, loadedBytes);
}

/** What an hour of that mode costs, by what is known of it. Pure. */
export function hourCost({ byMode }: DataUse, mode: ConnectionMode): HourCost {
  const { bytes, ms } = byMode[mode];
  if (ms < leastMeasuredMs) return { bytes: usualHourBytes[mode], isMeasured: false };
  return { bytes: (bytes / ms) * hourMs, isMeasured: true };
}

/** Megabytes as one says them: one digit after the point below ten, whole ones above. Pure. */
export function megabytesOf(bytes: number): number {
  const megabytes = bytes / 1_000_000;
  return megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes);
}
