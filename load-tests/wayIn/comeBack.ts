import { setTimeout as delay } from "node:timers/promises";
import type { Seated } from "./letIn.ts";
import { Visitor } from "./visitor.ts";

/** How those came back who were cut off all at once. */
export interface StormFigures {
  readonly allBackMs: number;
  /** From the try that succeeded to its ack, smallest first. */
  readonly joinMs: readonly number[];
  readonly triesEach: number;
  /** Whom what kept out, how often. */
  readonly refusals: ReadonlyMap<string, number>;
}

/** The longest of the first pauses of a client, and of all of them (SPEC C2). */
const firstPauseMs = 300;
const longestPauseMs = 10_000;

/** Cuts all, who come back by their resume tickets after the pauses of SPEC C2. */
export async function cutAndComeBack(
  port: number,
  seated: readonly Seated[],
): Promise<StormFigures> {
  const beganAtMs = performance.now();
  const joinMs: number[] = [];
  const refusals = new Map<string, number>();
  let tries = 0;
  for (const { visitor } of seated) visitor.cut();

  async function comeBack({ place, visitor }: Seated): Promise<void> {
    const ticket = visitor.resumeTicket ?? "";
    for (let attempt = 0; ; attempt += 1) {
      await delay(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** attempt));
      const fromMs = performance.now();
      tries += 1;
      const { joined, why } = await new Visitor({ port, ticket, room: place.room, since: 0 })
        .arrived;
      if (joined) {
        joinMs.push(performance.now() - fromMs);
        return;
      }
      refusals.set(why, (refusals.get(why) ?? 0) + 1);
    }
  }

  await Promise.all(seated.map(comeBack));
  return {
    allBackMs: performance.now() - beganAtMs,
    joinMs: joinMs.sort((a, b) => a - b),
    triesEach: tries / seated.length,
    refusals,
  };
}
