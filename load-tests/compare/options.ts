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
  readonly hundredThousand: boolean;
  readonly storm: boolean;
}

export const usage = `npm run compare -- [options]

  --quick               one short round of each case, a few minutes in all
  --rounds <n>          rounds of every case (5)
  --seconds <n>         seconds of each run (4)
  --servers <a,b>       only these: uws, darasa, darasa-chat, ws, socketio, centrifugo, channels
  --cases <a,b>         only these: ${cases.map(({ name }) => name).join(", ")}
  --checkout <folder>   the gateway of another checkout of this repository
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
    hundredThousand: values["hundred-thousand"],
    storm: values.storm,
  };
}

function caseNamed(name: string): Case {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no case "${name}".\n\n${usage}`);
  return found;
}
