import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cacheFolder } from "./cache.ts";

const source = join(import.meta.dirname, "generator");

/**
 * The generator, built when it was changed; the path of its program.
 *
 * @throws Error saying what to do when there is no Go
 */
export function buildGenerator(): string {
  const program = join(cacheFolder(), "generator");
  try {
    execFileSync("go", ["build", "-o", program, "."], {
      cwd: source,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error(
        "The benchmark needs Go 1.21 or newer for its load generator: https://go.dev/dl/",
        {
          cause: error,
        },
      );
    }
    throw error;
  }
  return program;
}

/** A line of the generator. */
export type Phase =
  { readonly phase: "connecting" | "begin" | "measured" } | ConnectedPhase | EndPhase | StormPhase;

interface Trouble {
  readonly errors: number;
  readonly firstErrors: readonly string[] | null;
}

/** All have joined, or cannot. */
export interface ConnectedPhase extends Trouble {
  readonly phase: "connected";
  readonly connections: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly joinP50Ms: number;
  readonly joinP99Ms: number;
}

/** What was heard while it was measured. */
export interface EndPhase extends Trouble {
  readonly phase: "end";
  readonly connections: number;
  readonly seconds: number;
  readonly messages: number;
  readonly deliveries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly lost: number;
  readonly bytes: number;
  readonly frames: number;
  readonly generatorCpuSeconds: number;
}

/** All were cut at once and have come back. */
export interface StormPhase extends Trouble {
  readonly phase: "storm";
  readonly cut: number;
  readonly back: number;
  readonly secondsUntilAllBack: number;
  readonly backP50Ms: number;
  readonly backP99Ms: number;
  /** Durable messages that were said meanwhile; how many connections have not seen all of them at the end. */
  readonly messages: number;
  readonly missed: number;
  /** How often a message came out of order, or again. */
  readonly gaps: number;
  readonly twice: number;
}

export interface GeneratorPlan {
  readonly program: string;
  readonly cores: string;
  readonly flags: readonly string[];
  /** Called at the moment a phase begins. */
  readonly onPhase: (phase: Phase) => void;
}

/** @throws Error with what it complained of when it ends badly */
export async function runGenerator({
  program,
  cores,
  flags,
  onPhase,
}: GeneratorPlan): Promise<void> {
  const child = spawn("taskset", ["-c", cores, program, ...flags], {
    env: { GODEBUG: "asyncpreemptoff=1", PATH: process.env["PATH"] },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  createInterface(child.stdout).on("line", (line) => onPhase(JSON.parse(line) as Phase));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`The generator ended with ${String(code)}: ${complaints}`);
}
