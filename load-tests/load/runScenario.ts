import type { ProfileName, ScenarioName } from "../profiles.ts";
import { profiles } from "../profiles.ts";
import { residentBytes } from "../figures/residentMemory.ts";
import { fillSchool, type RoomPlan } from "../school/fillSchool.ts";
import { makeTicketKey, startNode, type GatewayNode } from "../school/gatewayNode.ts";
import type { DatabasePlace } from "../school/loadPostgres.ts";
import { startRedis } from "../school/redis.ts";
import { runK6, type K6Outcome } from "./runK6.ts";
import { startThrottle } from "./throttle.ts";

export interface ScenarioRun {
  readonly database: DatabasePlace;
  readonly scenario: Exclude<ScenarioName, "apiTokens">;
  readonly profile: ProfileName;
  readonly nodes: number;
}

export interface ScenarioOutcome extends K6Outcome {
  /** Of all nodes: before anybody came, at most, and how it went on in the second half. */
  readonly memory: {
    readonly beforeBytes: number;
    readonly mostBytes: number;
    readonly bytesPerMinute: number;
  };
}

/** One machine plays all the people: limits per person and address are as wide as that needs. */
const limitsScale = 1_000;
const slowKilobytesPerSecond = 1;

/** A school of its own with as many people as the profile says, its gateways, and k6 against them. */
export async function runScenario(run: ScenarioRun): Promise<ScenarioOutcome> {
  const { database, scenario, profile } = run;
  const school = await fillSchool(database.superuserUrl, plansOf(scenario, profile));
  const ticketKey = makeTicketKey();
  const redis = run.nodes > 1 ? await startRedis() : null;
  const environment = redis === null ? {} : { REDIS_URL: redis.url };
  const nodes: GatewayNode[] = [];
  let throttle: Awaited<ReturnType<typeof startThrottle>> | null = null;
  try {
    for (let node = 0; node < run.nodes; node += 1) {
      nodes.push(await startNode({ database, ticketKey, limitsScale, environment }));
    }
    if (scenario === "slowReaders") {
      throttle = await startThrottle(portOf(nodes), slowKilobytesPerSecond);
    }
    const watch = await watchMemory(nodes);
    const outcome = await runK6(scenario, profile, {
      rooms: school.rooms,
      environment: {
        URLS: nodes.map(({ port }) => `ws://127.0.0.1:${port}/ws`).join(","),
        ...(throttle === null
          ? {}
          : {
              SLOW_URL: `ws://127.0.0.1:${throttle.port}/ws`,
              SLOW_SWITCH: throttle.switchUrl,
              METRICS_URL: `http://127.0.0.1:${portOf(nodes)}/metrics`,
            }),
        TICKET_KEY: Buffer.from(ticketKey).toString("base64url"),
      },
    });
    return { ...outcome, memory: watch.stop() };
  } finally {
    throttle?.stop();
    await Promise.all(nodes.map((node) => node.end("SIGKILL")));
    redis?.stop();
  }
}

function portOf([first]: readonly GatewayNode[]): number {
  if (first === undefined) throw new Error("There is no node");
  return first.port;
}

function plansOf(scenario: ScenarioName, profile: ProfileName): RoomPlan[] {
  const { rooms, size, hall } = profiles[scenario][profile];
  return hall > 0
    ? [
        { rooms, size },
        { rooms: 1, size: hall },
      ]
    : [{ rooms, size }];
}

interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

async function watchMemory(
  nodes: readonly GatewayNode[],
): Promise<{ stop(): ScenarioOutcome["memory"] }> {
  const samples: Sample[] = [];
  const look = async (): Promise<void> => {
    const each = await Promise.all(nodes.map((node) => residentBytes(node.pid())));
    samples.push({
      atMs: performance.now(),
      bytes: each.reduce((sum, bytes) => sum + bytes, 0),
    });
  };
  await look();
  const timer = setInterval(() => void look().catch(() => undefined), 500);
  return {
    stop() {
      clearInterval(timer);
      return {
        beforeBytes: samples[0]?.bytes ?? 0,
        mostBytes: Math.max(...samples.map(({ bytes }) => bytes)),
        bytesPerMinute: slopeOf(samples.slice(Math.floor(samples.length / 2))) * 60_000,
      };
    },
  };
}

/** Bytes a millisecond, by least squares. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (pick: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const [meanMs, meanBytes] = [mean(({ atMs }) => atMs), mean(({ bytes }) => bytes)];
  const spread = mean(({ atMs }) => (atMs - meanMs) ** 2);
  return spread === 0
    ? 0
    : mean(({ atMs, bytes }) => (atMs - meanMs) * (bytes - meanBytes)) / spread;
}
