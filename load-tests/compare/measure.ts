import { runGenerator, type ConnectedPhase, type EndPhase, type Phase } from "./generator.ts";
import { treeResidentBytes, treeSeconds } from "./processCost.ts";
import type { RunningServer, ServerKind, Shape } from "./servers/server.ts";

/** What is asked of every server. */
export interface Question {
  readonly shape: Shape;
  /** Flags of the generator, beside where and who. */
  readonly flags: readonly string[];
  /** Another dialect than the server's own. */
  readonly dialect?: string;
}

/** What one server did in one run. */
export interface Run {
  readonly connected: ConnectedPhase;
  readonly end: EndPhase;
  /** Of the server while it was measured, and of what stands beside it. */
  readonly cpuSeconds: number;
  readonly cpuSecondsBeside: number;
  readonly connectCpuSeconds: number;
  readonly connectCpuSecondsBeside: number;
  /** Before the first connection, and when all have been there for a moment. */
  readonly residentBytesBefore: number;
  readonly residentBytes: number;
}

/** What the benchmark runs on. */
export interface Bench {
  readonly program: string;
  readonly generatorCores: string;
  /** Told of the last words of a server whose run had errors. */
  readonly onTrouble: (lines: readonly string[]) => void;
}

const lastWords = 5;

/** Starts a fresh server, asks, and stops it. */
export async function measure(bench: Bench, kind: ServerKind, question: Question): Promise<Run> {
  const server = await kind.start(question.shape);
  try {
    const dialect = question.dialect ?? kind.dialect;
    const run = await ask(bench, server, { ...question, dialect });
    if (run.end.errors > 0) bench.onTrouble(server.output().trim().split("\n").slice(-lastWords));
    return run;
  } finally {
    await server.stop();
  }
}

interface Moment {
  readonly cpu: number;
  readonly cpuBeside: number;
  readonly residentBytes: number;
}

async function ask(
  bench: Bench,
  server: RunningServer,
  question: Required<Question>,
): Promise<Run> {
  const moments = new Map<Phase["phase"], Moment>();
  const phases: { connected?: ConnectedPhase; end?: EndPhase } = {};
  await runGenerator({
    program: bench.program,
    cores: bench.generatorCores,
    flags: flagsFor(server, question),
    onPhase: (phase) => {
      moments.set(phase.phase, {
        cpu: treeSeconds(server.pids),
        cpuBeside: treeSeconds(server.pidsBeside),
        residentBytes: treeResidentBytes(server.pids),
      });
      if (phase.phase === "connected") phases.connected = phase;
      if (phase.phase === "end") phases.end = phase;
    },
  });
  const at = (name: Phase["phase"]): Moment => known(moments.get(name), name);
  return {
    connected: known(phases.connected, "connected"),
    end: known(phases.end, "end"),
    cpuSeconds: at("measured").cpu - at("begin").cpu,
    cpuSecondsBeside: at("measured").cpuBeside - at("begin").cpuBeside,
    connectCpuSeconds: at("connected").cpu - at("connecting").cpu,
    connectCpuSecondsBeside: at("connected").cpuBeside - at("connecting").cpuBeside,
    residentBytesBefore: at("connecting").residentBytes,
    residentBytes: at("begin").residentBytes,
  };
}

/** All that the generator must know to ask this server this question. */
export function flagsFor(server: RunningServer, question: Required<Question>): string[] {
  const { rooms, members } = question.shape;
  return [
    ...["-to", `127.0.0.1:${server.port}`, "-dialect", question.dialect],
    ...["-rooms", String(rooms), "-members", String(members)],
    ...server.flags,
    ...question.flags,
  ];
}

/** @throws Error when the generator never came to that phase */
export function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The generator never said "${name}"`);
  return value;
}
