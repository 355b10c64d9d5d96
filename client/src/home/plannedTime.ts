const hourMs = 3_600_000;

/** The value that a `datetime-local` input shows for a point in time, in the device's time zone. */
export function encodeLocalTime(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The point in time of a `datetime-local` input (epoch ms); null when it is empty or lies before `nowMs`. */
export function decodeFutureTime(value: string, nowMs: number): number | null {
  const atMs = new Date(value).getTime();
  return Number.isNaN(atMs) || atMs < nowMs ? null : atMs;
}

/** The next full hour after `nowMs` (epoch ms): what a plan most likely means. */
export function nextFullHour(nowMs: number): number {
  return (Math.floor(nowMs / hourMs) + 1) * hourMs;
}
