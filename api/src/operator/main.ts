import { randomBytes, randomUUID } from "node:crypto";
import { checkRoles, createDatabase, UnsafeRoleError } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { loadOperatorConfig } from "./config.ts";
import { PlainProblem } from "./plainProblem.ts";
import { readCommand } from "./readCommand.ts";
import { runCommand } from "./runCommand.ts";

/** Does what the words of the command line say; gives what to print. */
async function run(words: readonly string[]): Promise<string> {
  const command = readCommand(words);
  const config = loadOperatorConfig();
  if ("missing" in config) {
    throw new PlainProblem(`Set ${config.missing.join(" and ")} as api has them.`);
  }
  const url = config.DATABASE_URL.reveal();
  await checkRoles(url);
  const database = await createDatabase(url, { maxConnections: 1 });
  try {
    return await runCommand(
      {
        config,
        database,
        now: Date.now,
        randomBytes: (length) => new Uint8Array(randomBytes(length)),
        newId: randomUUID,
      },
      command,
    );
  } finally {
    await database.close();
  }
}

function describe(error: unknown): string {
  if (error instanceof PlainProblem || error instanceof UnsafeRoleError) return error.message;
  if (error instanceof DarasaError && error.code === "unavailable") {
    return "The database cannot be reached: look at DATABASE_URL, and whether it runs.";
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 1;
}
