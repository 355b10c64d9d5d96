import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const version = "4.32.5";
const folder = join(homedir(), ".cache", "darasa", `schemathesis-${version}`);
const program = join(folder, "bin", "schemathesis");
const usage =
  "npm run schemathesis -w api -- <address> <school> <email> <password> [more options of schemathesis]";

/** Its data follow the document, which cannot say everything that a text must be. */
const excludedChecks = "positive_data_acceptance";

const [address, school, email, password, ...options] = process.argv.slice(2);
if (!address || !school || !email || !password) {
  throw new Error(`An instance must be running, with an account to try it as.\n${usage}`);
}
install();
const token = await signIn(address, { school, email, password });
const finished = spawnSync(
  program,
  [
    ...["run", `${address}/api/openapi.json`, "--url", address],
    ...["--header", `Authorization: Bearer ${token}`, "--exclude-checks", excludedChecks],
    ...(options.length > 0 ? options : ["--max-time", "120"]),
  ],
  { stdio: "inherit", cwd: folder },
);
process.exitCode = finished.status ?? 1;

/** Once, in the cache of whoever runs it: nothing of it belongs to the checkout. */
function install(): void {
  if (existsSync(program)) return;
  run("python3", "-m", "venv", folder);
  run(join(folder, "bin", "pip"), "install", "--quiet", `schemathesis==${version}`);
}

function run(command: string, ...parts: readonly string[]): void {
  const { status, error } = spawnSync(command, parts, { stdio: "inherit" });
  if (status !== 0) throw error ?? new Error(`${command} ${parts.join(" ")} failed`);
}

async function signIn(origin: string, credentials: Record<string, string>): Promise<string> {
  const response = await fetch(new URL("/api/auth/login", origin), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(credentials),
  });
  const { accessToken } = (await response.json()) as { accessToken?: string };
  if (accessToken === undefined) throw new Error(`Signing in was refused: ${response.status}`);
  return accessToken;
}
