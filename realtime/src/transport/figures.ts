import type { TransportFigures } from "./transport.ts";

/** What of a connection can be read at any time. */
interface Buffering {
  bufferedBytes(): number;
  drained(): Promise<void>;
}

/** How much waits to be sent: one call for each connection, when somebody asks. */
export function sumUnsent(
  open: Iterable<Buffering>,
): Pick<TransportFigures, "unsentBytes" | "mostUnsentBytes"> {
  let unsentBytes = 0;
  let mostUnsentBytes = 0;
  for (const connection of open) {
    const bytes = connection.bufferedBytes();
    unsentBytes += bytes;
    mostUnsentBytes = Math.max(mostUnsentBytes, bytes);
  }
  return { unsentBytes, mostUnsentBytes };
}

/** Resolves when nothing waits to be sent any more, or after `graceMs`: some never read. */
export async function allDrained(open: Iterable<Buffering>, graceMs: number): Promise<void> {
  const waiting = [...open].filter((connection) => connection.bufferedBytes() > 0);
  if (waiting.length === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
  await Promise.race([Promise.all(waiting.map((connection) => connection.drained())), late]);
  clearTimeout(timer);
}
