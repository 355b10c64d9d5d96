import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format } from "prettier";
import { makePlot } from "./plot/makePlot.ts";
import { plotOf } from "./plot/plotOf.ts";
import { makeTable, type CaseResult } from "./table.ts";

/** Everything that one run of the benchmark found. */
export interface Results {
  /** A day, as in 2026-01-31. */
  readonly takenOn: string;
  readonly machine: string;
  readonly versions: readonly string[];
  readonly leftOut: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly cases: readonly CaseResult[];
}

/** Writes `compare.json`, `compare.md` and `compare.svg` into the folder, as `npm run check` wants them. */
export async function writeResults(folder: string, results: Results): Promise<void> {
  await mkdir(folder, { recursive: true });
  const json = await format(JSON.stringify(results), { parser: "json", printWidth: 100 });
  await writeFile(join(folder, "compare.json"), json);
  const markdown = await format(makeMarkdown(results), { parser: "markdown", printWidth: 100 });
  await writeFile(join(folder, "compare.md"), markdown);
  await writeFile(join(folder, "compare.svg"), makePlot(plotOf(results.cases, caption(results))));
}

function caption({ takenOn, machine, versions, leftOut, rounds, seconds }: Results): string[] {
  return [
    `${takenOn}, ${machine}; one core for the server, one for the clients; medians; rounds: ${rounds}, of ${seconds} s each.`,
    ...wrap(`${versions.join(" · ")}.`),
    ...leftOut.flatMap(wrap),
  ];
}

const longestLine = 150;

/** Pictures do not break lines by themselves. */
function wrap(content: string): string[] {
  const lines = [""];
  for (const word of content.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.length < longestLine) lines[lines.length - 1] = `${line} ${word}`.trim();
    else lines.push(word);
  }
  return lines;
}

function makeMarkdown(results: Results): string {
  const facts = [
    `Taken on ${results.takenOn}: ${results.machine}.`,
    `Medians; rounds: ${results.rounds}, of ${results.seconds} s each; ratios are medians of paired ratios, with the least and the greatest.`,
    ...results.versions,
    ...results.leftOut,
  ];
  return [
    "# Beside the peers",
    "![Bars of what each server costs](compare.svg)",
    facts.map((fact) => `- ${fact}`).join("\n"),
    ...results.cases.flatMap((one) => [`## ${one.title}`, makeTable(one)]),
    "",
  ].join("\n\n");
}
