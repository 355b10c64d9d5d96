import type { Case } from "./cases.ts";
import { figuresOf, rowOf, type Figures } from "./figures.ts";
import { measure, type Bench } from "./measure.ts";
import type { ServerKind } from "./servers/server.ts";
import type { CaseResult } from "./table.ts";

export interface RoundsPlan {
  readonly bench: Bench;
  readonly cases: readonly Case[];
  readonly servers: readonly ServerKind[];
  readonly rounds: number;
  readonly seconds: number;
  readonly onProgress: (line: string) => void;
}

/** Asks every server every question once a round, one after the other: what changes on the machine meets all alike. */
export async function runRounds(plan: RoundsPlan): Promise<CaseResult[]> {
  const found = new Map<string, (Figures | null)[]>();
  const of = (one: Case, server: string): (Figures | null)[] => {
    const key = `${one.name} ${server}`;
    const figures = found.get(key) ?? [];
    found.set(key, figures);
    return figures;
  };
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const one of plan.cases) {
      for (const server of askedFor(one, plan.servers, round)) {
        const figures = await run(plan, one, server);
        of(one, server.name).push(figures);
        plan.onProgress(progress(round, plan.rounds, { one, server, figures }));
      }
    }
  }
  return plan.cases.map((one) => ({
    name: one.name,
    title: one.title,
    measure: one.measure,
    shape: one.shape,
    rows: askedFor(one, plan.servers, 0).map((server) =>
      rowOf(one, server, { own: of(one, server.name), base: of(one, "uws") }),
    ),
  }));
}

/** In the other order every second round: nobody always comes behind the same neighbour. */
function askedFor(one: Case, servers: readonly ServerKind[], round: number): ServerKind[] {
  const asked = servers.filter(({ name }) => one.servers?.includes(name) ?? name !== "darasa-chat");
  return round % 2 === 0 ? asked : asked.reverse();
}

/** Null when the server could not be asked: the others go on. */
async function run(plan: RoundsPlan, one: Case, server: ServerKind): Promise<Figures | null> {
  const flags = [...one.flags, "-seconds", String(plan.seconds)];
  try {
    return figuresOf(one, await measure(plan.bench, server, { ...one, flags }));
  } catch (error) {
    plan.onProgress(`${server.title}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function progress(
  round: number,
  rounds: number,
  { one, server, figures }: { one: Case; server: ServerKind; figures: Figures | null },
): string {
  const place = `round ${round + 1} of ${rounds}, ${one.name}, ${server.title}:`;
  if (figures === null) return `${place} failed`;
  const trouble =
    figures.errors + figures.lost === 0
      ? ""
      : ` lost ${figures.lost}, errors ${figures.errors} ${figures.firstErrors.join(" | ")}`;
  const value =
    one.measure === "delivery"
      ? `${figures.cpuSecondsPerMillion?.toFixed(2) ?? "–"} CPU s per million, p99 ${figures.p99Ms?.toFixed(1) ?? "–"} ms`
      : `${figures.residentBytesPerConnection?.toFixed(0) ?? "–"} bytes, ${figures.cpuMicrosecondsPerConnect.toFixed(0)} µs per connect`;
  return `${place} ${value}${trouble}`;
}
