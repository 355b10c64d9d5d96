import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadRoom } from "../school/fillSchool.ts";
import type { ProfileName, ScenarioName } from "../profiles.ts";
import { testProgramPath } from "../../infra/database/src/testing/testProgram.ts";

/** One metric as k6 sums it up. */
export interface Measure {
  readonly type: "counter" | "trend" | "gauge" | "rate";
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

/** What k6 found. */
export interface K6Outcome {
  readonly exitCode: number | null;
  readonly measures: Readonly<Record<string, Measure>>;
  /** What it complained of. */
  readonly said: string;
}

/** Runs one scenario to its end; `environment` says where the school is. */
export async function runK6(
  scenario: ScenarioName,
  profile: ProfileName,
  school: {
    readonly rooms: readonly LoadRoom[];
    readonly environment: Readonly<Record<string, string>>;
  },
): Promise<K6Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-load-"));
  const schoolFile = join(folder, "school.json");
  const summaryFile = join(folder, "summary.json");
  try {
    await writeFile(schoolFile, JSON.stringify(school.rooms));
    const script = join(import.meta.dirname, "../scenarios", `${scenario}.ts`);
    const child = spawn(
      testProgramPath("k6"),
      // Its own API would take a port.
      ["run", "--quiet", "--no-usage-report", "--log-format=raw", "--address=", script],
      {
        env: {
          ...process.env,
          ...school.environment,
          PROFILE: profile,
          SCHOOL: schoolFile,
          SUMMARY: summaryFile,
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    }
    const [exitCode] = (await once(child, "close")) as [number | null];
    const summary = await readFile(summaryFile, "utf8").catch(() => "{}");
    return { exitCode, measures: JSON.parse(summary) as Record<string, Measure>, said };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
