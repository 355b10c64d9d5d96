import { setTimeout as delay } from "node:timers/promises";

/** How long it is waited for, and how often looked. */
interface Patience {
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/** Waits until it holds; what rejects does not hold yet. @throws Error when the time is over, by default a minute */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { withinMs = 60_000, everyMs = 20 }: Patience = {},
): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!(await Promise.resolve(holds()).catch(() => false))) {
    if (performance.now() > deadlineMs) throw new Error(`It never came to be that ${what}.`);
    await delay(everyMs);
  }
}
