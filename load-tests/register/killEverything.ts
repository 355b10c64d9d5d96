import { compareRegister, type ComparedLine, type Truth } from "./compareRegister.ts";
import { killables, startKillableSchool, type Killable } from "./killableSchool.ts";
import { KilledClass } from "./killedClass.ts";
import type { ReadRegister } from "./schoolApi.ts";

export interface KillPlan {
  /** How often a gateway says whom it holds. Without it as in the protocol, and then time is waited for, not made up. */
  readonly beatMs?: number;
  /** What is killed by itself, too, one after the other. */
  readonly oneByOne: readonly Killable[];
  readonly say: (line: string) => void;
}

/** A register, and what was so. */
export interface Reading {
  readonly liveClass: ReadRegister["liveClass"];
  readonly lines: readonly ComparedLine[];
}

/** The registers of a class in which everything was killed. */
export interface KilledRegisters {
  /** All were killed at once and one after the other; who did not go came back. */
  readonly running: Reading;
  /** All were killed at once again, and nobody came back. */
  readonly ended: Reading;
}

/**
 * A class of six over two gateways and LiveKit, in which Postgres, Redis, api and gateways get SIGKILL: at once, each by
 * itself, and at once for good.
 */
export async function killEverything({
  beatMs,
  oneByOne,
  say,
}: KillPlan): Promise<KilledRegisters> {
  const school = await startKillableSchool({ beatMs, idleMinutes: beatMs === undefined ? 1 : 10 });
  const live = new KilledClass(school, beatMs !== undefined);
  try {
    await live.begin();
    await live.everybodyIsHeld();
    say("all are in");
    await live.letTimePass();
    await killAtOnce(live);
    say("all was killed at once, and who came back is in");
    for (const victim of oneByOne) {
      await live.kill([victim]);
      await live.start([victim]);
      await live.everybodyIsHeld();
      say(`${victim} was killed, and is back`);
    }
    await live.letTimePass();
    const running = await read(live);
    await live.kill(killables);
    live.everybodyGoes();
    // Only where time is not made up is a gateway needed: without one api ends no class.
    await live.start(beatMs === undefined ? killables : ["Postgres", "Redis", "api"]);
    await live.ends();
    say("all was killed at once, and the class is over");
    return { running, ended: await read(live) };
  } finally {
    live.everybodyGoes();
    await school.remove();
  }
}

/** One goes with it; LiveKit lives on and tells later of another, who went in the middle of it. */
async function killAtOnce(live: KilledClass): Promise<void> {
  await live.kill(killables);
  live.oneGoes();
  await live.start(killables);
  await live.liveKitTells();
  await live.everybodyIsHeld();
}

async function read(live: KilledClass): Promise<Reading> {
  const people: readonly Truth[] = live.people();
  const readAtMs = Date.now();
  const register = await live.register();
  return { liveClass: register.liveClass, lines: compareRegister(register, people, readAtMs) };
}
