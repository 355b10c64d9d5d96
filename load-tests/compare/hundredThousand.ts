import { availableParallelism } from "node:os";
import { runGenerator, type ConnectedPhase, type Phase } from "./generator.ts";
import { flagsFor, known } from "./measure.ts";
import { treeResidentBytes, treeSeconds } from "./processCost.ts";
import type { RunningServer, ServerKind } from "./servers/server.ts";
import { alignTable, round } from "./table.ts";

/** A process may have about 19,900 files open where the hard limit is 20,000: so six, of 16,700 connections each. */
const processes = 6;
const shape = { rooms: 334, members: 50 };
const sourcesEach = 4;

/** What so many connections take. */
export interface CrowdResult {
  readonly title: string;
  readonly connections: number;
  readonly residentBytes: number;
  readonly residentBytesBefore: number;
  readonly seconds: number;
  readonly joinP99Ms: number;
  readonly cpuMicrosecondsPerConnect: number;
  readonly besideMicrosecondsPerConnect: number;
  readonly idleCpuPercent: number;
  readonly errors: number;
  readonly firstErrors: readonly string[];
}

/** 100,200 connections to six processes, which share all cores with six generators. */
export async function measureCrowd(program: string, kind: ServerKind): Promise<CrowdResult> {
  const servers: RunningServer[] = [];
  try {
    for (let part = 0; part < processes; part += 1) servers.push(await kind.start(shape, part));
    return await ask(program, kind, servers);
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
  }
}

interface Moment {
  readonly atMs: number;
  readonly cpu: number;
  readonly cpuBeside: number;
  readonly residentBytes: number;
}

async function ask(
  program: string,
  kind: ServerKind,
  servers: readonly RunningServer[],
): Promise<CrowdResult> {
  const pids = servers.flatMap((server) => server.pids);
  const beside = [...new Set(servers.flatMap((server) => server.pidsBeside))];
  const look = (): Moment => ({
    atMs: performance.now(),
    cpu: treeSeconds(pids),
    cpuBeside: treeSeconds(beside),
    residentBytes: treeResidentBytes(pids),
  });
  const connected: ConnectedPhase[] = [];
  const moments = new Map<Phase["phase"], Moment[]>();
  await Promise.all(
    servers.map((server, part) =>
      runGenerator({
        program,
        cores: `0-${availableParallelism() - 1}`,
        flags: flagsFor(server, { shape, dialect: kind.dialect, flags: crowdFlags(part) }),
        onPhase: (phase) => {
          moments.set(phase.phase, [...(moments.get(phase.phase) ?? []), look()]);
          if (phase.phase === "connected") connected.push(phase);
        },
      }),
    ),
  );
  const first = (phase: Phase["phase"]): Moment => known(moments.get(phase)?.[0], phase);
  const last = (phase: Phase["phase"]): Moment => known(moments.get(phase)?.at(-1), phase);
  return resultOf(kind.title, connected, {
    start: first("connecting"),
    connected: last("connected"),
    // The last one begins when all are at rest; the first one to end ends that.
    begin: last("begin"),
    measured: first("measured"),
  });
}

/** Long enough at rest that the slowest has joined well before the fastest is done. */
function crowdFlags(part: number): string[] {
  const firstSource = 1 + part * sourcesEach;
  const sources = ["-sources", String(sourcesEach), "-first-source", String(firstSource)];
  return ["-mode", "idle", "-settle", "5", "-seconds", "30", ...sources];
}

function resultOf(
  title: string,
  connected: readonly ConnectedPhase[],
  moments: Readonly<Record<"start" | "connected" | "begin" | "measured", Moment>>,
): CrowdResult {
  const wanted = processes * shape.rooms * shape.members;
  const connections = connected.reduce((total, phase) => total + phase.connections, 0);
  const { start, begin, measured } = moments;
  const perConnect = (seconds: number) => (seconds / wanted) * 1e6;
  return {
    title,
    connections,
    residentBytes: begin.residentBytes,
    residentBytesBefore: start.residentBytes,
    seconds: (moments.connected.atMs - start.atMs) / 1e3,
    joinP99Ms: Math.max(...connected.map(({ joinP99Ms }) => joinP99Ms)),
    cpuMicrosecondsPerConnect: perConnect(moments.connected.cpu - start.cpu),
    besideMicrosecondsPerConnect: perConnect(moments.connected.cpuBeside - start.cpuBeside),
    idleCpuPercent: ((measured.cpu - begin.cpu) / (measured.atMs - begin.atMs)) * 1e5,
    errors: wanted - connections,
    firstErrors: connected.flatMap(({ firstErrors }) => firstErrors ?? []).slice(0, 3),
  };
}

/** One line of the table for each server. */
export function crowdTable(results: readonly CrowdResult[]): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const head =
    "|connections|memory|empty|bytes each|connects/s|CPU µs per connect|beside it|join p99 ms|idle CPU %|errors";
  const lines = results.map((one) => [
    one.title,
    one.connections.toLocaleString("en"),
    megabytes(one.residentBytes),
    megabytes(one.residentBytesBefore),
    Math.round((one.residentBytes - one.residentBytesBefore) / one.connections).toLocaleString(
      "en",
    ),
    Math.round(one.connections / one.seconds).toLocaleString("en"),
    round(one.cpuMicrosecondsPerConnect),
    round(one.besideMicrosecondsPerConnect),
    round(one.joinP99Ms),
    round(one.idleCpuPercent),
    [one.errors, ...one.firstErrors].join(" "),
  ]);
  return alignTable([head.split("|"), ...lines]);
}
