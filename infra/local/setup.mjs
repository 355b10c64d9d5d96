// @ts-check
// Runs before `npm start` and `npm test`, perhaps in a bare clone and on the machine's own Node: plain
// JavaScript of Node 20 without packages.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setInterval } from "node:timers";
import { fileURLToPath } from "node:url";
import { endTestPrograms, findTestPrograms } from "./findTestPrograms.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const stampFile = join(root, "node_modules", ".installed-from");
/** Names the installation under way, which may outlive us. */
const installerFile = join(root, ".darasa", "installer");
let installerIdentity = "";

const minNodeMajor = 20;
/** What the binaries among the packages want. */
const minGlibc = { major: 2, minor: 28 };

try {
  refuseOtherPlatforms();
  endWithUs();
  // Building takes as long as installing, and neither touches what the other makes.
  const programs = process.argv.includes("--tests") ? findTestPrograms() : Promise.resolve([]);
  await installPackages();
  for (const { name, found } of await programs) {
    keep(join(root, ".darasa", `${name}.json`), JSON.stringify(found));
  }
} catch (error) {
  endTestPrograms();
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** @throws Error in plain words on a machine for which some package has no binaries. */
function refuseOtherPlatforms() {
  const here = `${process.platform} ${process.arch}`;
  if (here !== "linux x64") {
    throw new Error(
      `Darasa's two commands run on Linux on x64 (glibc), and this is ${here}. ` +
        "On other machines use a virtual machine or a container with Debian or Ubuntu.",
    );
  }
  const glibc = readGlibcVersion();
  if (glibc === null) {
    throw new Error(
      "Darasa needs a Linux with glibc (Debian, Ubuntu, Fedora …), not musl (Alpine).",
    );
  }
  const [major = 0, minor = 0] = glibc.split(".").map(Number);
  if (major < minGlibc.major || (major === minGlibc.major && minor < minGlibc.minor)) {
    const wanted = `${minGlibc.major}.${minGlibc.minor}`;
    throw new Error(`Darasa needs glibc ${wanted} or newer, and this is ${glibc}.`);
  }
  if (Number(process.versions.node.split(".")[0]) < minNodeMajor) {
    throw new Error(
      `Darasa needs Node ${minNodeMajor} or newer to set itself up, and this is ${process.version}.`,
    );
  }
}

/** @returns {string | null} null where the C library is another */
function readGlibcVersion() {
  const report = process.report;
  // Otherwise the report looks up the names of all connections.
  if ("excludeNetwork" in report) report.excludeNetwork = true;
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    report.getReport()
  );
  return header.glibcVersionRuntime ?? null;
}

/** `npm ci` unless what is installed came from this lockfile; one that was cut off is done again. */
async function installPackages() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  endLeftOverInstaller();
  rmSync(stampFile, { force: true });
  console.log("Installing packages (half a minute or so; only when they changed) …");
  const startedAtMs = Date.now();
  await runNpmCi();
  rmSync(installerFile, { force: true });
  writeFileSync(stampFile, wanted);
  console.log(`Packages are installed (${Math.round((Date.now() - startedAtMs) / 1000)} s).`);
}

/** @returns {Promise<void>} */
function runNpmCi() {
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  const [program, ...first] = node && npm ? [node, npm] : ["npm"];
  const options = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const installer = spawn(program ?? "npm", [...first, ...options], {
    cwd: root,
    // A group of its own, so that all of it can be ended.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  installer.stdout.on("data", (part) => (output += part));
  installer.stderr.on("data", (part) => (output += part));
  installerIdentity = installer.pid ? (identify(installer.pid) ?? "") : "";
  keep(installerFile, installerIdentity);
  return new Promise((resolve, reject) => {
    installer.once("error", reject);
    installer.once("close", (exitCode) => {
      if (exitCode === 0) resolve();
      else reject(new Error(`The packages could not be installed:\n${output.trim()}`));
    });
  });
}

/** Ends what was begun when we are told to end, or when npm, which started us, was killed. */
function endWithUs() {
  const end = () => {
    endTestPrograms();
    endInstaller(installerIdentity);
    process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, end);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 200).unref();
}

/** An `npm ci` whose set-up was killed goes on by itself, and two at once would spoil each other. */
function endLeftOverInstaller() {
  if (existsSync(installerFile)) endInstaller(readFileSync(installerFile, "utf8"));
  rmSync(installerFile, { force: true });
}

/** @param {string} identity */
function endInstaller(identity) {
  const pid = Number(identity.split(" ")[0]);
  if (pid > 0 && identify(pid) === identity) process.kill(-pid, "SIGKILL");
}

/**
 * A name for one process that no later process has: its pid with its start time.
 * @param {number} pid
 * @returns {string | null}
 */
function identify(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return null;
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function keep(file, text) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text);
}
