import type { ProfileName, ScenarioName } from "../profiles.ts";
import { profiles } from "../profiles.ts";
import { residentBytes } from "../figures/residentMemory.ts";
import { fillSchool, type RoomPlan } from "../school/fillSchool.ts";
import type { GatewayNode } from "../school/gatewayNode.ts";
import type { LoadNodes } from "./loadNodes.ts";
import { bytesPerMinute, type MemorySample } from "./bytesPerMinute.ts";
import { runK6, type K6Outcome } from "./runK6.ts";
import { startThrottle } from "./throttle.ts";

export interface ScenarioRun {
  readonly scenario: Exclude<ScenarioName, "apiTokens">;
  readonly profile: ProfileName;
}

export interface ScenarioOutcome extends K6Outcome {
  /** Of all nodes: before anybody came, at most, and how it went on in the second half. */
  readonly memory: {
    readonly beforeBytes: number;
    readonly mostBytes: number;
    readonly bytesPerMinute: number;
  };
}

const slowKilobytesPerSecond = 1;

/** A school of its own with as many people as the profile says, and k6 against the nodes. */
export async function runScenario(
  { database, nodes, ticketKey }: LoadNodes,
  { scenario, profile }: ScenarioRun,
): Promise<ScenarioOutcome> {
  const school = await fillSchool(database.superuserUrl, plansOf(scenario, profile));
  const isSlow = scenario === "slowReaders";
  const throttle = isSlow ? await startThrottle(portOf(nodes), slowKilobytesPerSecond) : null;
  const watch = await watchMemory(nodes);
  try {
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
    return { ...outcome, memory: watch.figures() };
  } finally {
    watch.stop();
    throttle?.stop();
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

async function watchMemory(
  nodes: readonly GatewayNode[],
): Promise<{ figures(): ScenarioOutcome["memory"]; stop(): void }> {
  const samples: MemorySample[] = [];
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
    stop: () => clearInterval(timer),
    figures() {
      return {
        beforeBytes: samples[0]?.bytes ?? 0,
        mostBytes: Math.max(...samples.map(({ bytes }) => bytes)),
        bytesPerMinute: bytesPerMinute(samples),
      };
    },
  };
}
