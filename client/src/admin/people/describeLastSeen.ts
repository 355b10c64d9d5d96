/** How a last use is told: by the clock when it was today, by the day when it was this year. */
export type LastSeen = "never" | "today" | "thisYear" | "earlier";

/** How far back the time lies, in this device's time zone; null is never. */
export function describeLastSeen(atMs: number | null, nowMs: number): LastSeen {
  if (atMs === null) return "never";
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  if (at.toDateString() === now.toDateString()) return "today";
  return at.getFullYear() === now.getFullYear() ? "thisYear" : "earlier";
}
