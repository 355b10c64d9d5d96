import { join } from "node:path";
import { parseArgs } from "node:util";
import { cases, type Case } from "./cases.ts";
import { ownCheckout } from "./servers/darasa.ts";

/** What was asked for on the command line. */
export interface Options {
  readonly cases: readonly Case[];
  /** Names of servers; null: all. */
  readonly servers: readonly string[] | null;
  readonly rounds: number;
  readonly seconds: number;
  readonly checkout: string;
  /** Where the results are written. */
  readonly out: string;
  readonly hundredThousand: boolean;
  readonly storm: boolean;
}

const wholeResults = join(import.meta.dirname, "results");
const partialResults = join(import.meta.dirname, "test-output");

export const usage = `npm run compare -- [options]

  --quick               one short round of each case, a few minutes in all
  --rounds <n>          rounds of every case (5)
  --seconds <n>         seconds of each run (4)
  --servers <a,b>       only these: uws, darasa, darasa-chat, ws, socketio, centrifugo, channels
  --cases <a,b>         only these: ${cases.map(({ name }) => name).join(", ")}
  --checkout <folder>   the gateway of another checkout of this repository
  --out <folder>        where the results go (load-tests/compare/results when all was measured)
  --hundred-thousand    instead: 100,000 connections to six processes
  --storm               instead: 5,000 connections that are cut at once`;

/** @throws Error in plain words when something is not known */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      rounds: { type: "string" },
      seconds: { type: "string" },
      servers: { type: "string" },
      cases: { type: "string" },
      checkout: { type: "string" },
      out: { type: "string" },
      "hundred-thousand": { type: "boolean", default: false },
      storm: { type: "boolean", default: false },
    },
  });
  const short = values.quick ? { rounds: 1, seconds: 2 } : { rounds: 5, seconds: 4 };
  return {
    cases: values.cases === undefined ? cases : values.cases.split(",").map(caseNamed),
    servers: values.servers?.split(",") ?? null,
    rounds: Number(values.rounds ?? short.rounds),
    seconds: Number(values.seconds ?? short.seconds),
    checkout: values.checkout ?? ownCheckout,
    out: values.out ?? (isWhole(values) ? wholeResults : partialResults),
    hundredThousand: values["hundred-thousand"],
    storm: values.storm,
  };
}

/** What the README shows is not overwritten by a glance. */
function isWhole(values: { quick: boolean; servers?: string; cases?: string }): boolean {
  return !values.quick && values.servers === undefined && values.cases === undefined;
}

function caseNamed(name: string): Case {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no case "${name}".\n\n${usage}`);
  return found;
}
