import { setTimeout as delay } from "node:timers/promises";

/** Waits until it holds. @throws Error after some three minutes */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  everyMs = 20,
): Promise<void> {
  const deadlineMs = performance.now() + 200_000;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadlineMs) throw new Error(`It never came to be that ${what}.`);
    await delay(everyMs);
  }
}
