// @ts-check
// Runs before `npm start` and `npm test`, perhaps in a bare clone and on the machine's own Node: plain
// JavaScript of Node 20 without packages.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setInterval } from "node:timers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const stampFile = join(root, "node_modules", ".installed-from");
/** Names the installation under way, which may outlive us. */
const installerFile = join(root, ".darasa", "installer");
/**
 * Programs that tests want: where each is, or why it is not there, is kept in `.darasa/<name>.json`. Debian's server
 * of Redis lies in redis-tools under another name, and goes by the name that it is called: the package named after it
 * would start one for the whole machine.
 */
const testPrograms = [
  {
    name: "chromium",
    title: "Chromium",
    variable: "CHROMIUM_PATH",
    paths: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    debianPackage: "chromium",
  },
  {
    name: "redis",
    title: "Redis",
    variable: "REDIS_SERVER_PATH",
    paths: ["redis-server", "redis-check-rdb"],
    debianPackage: "redis-tools",
  },
];

const minNodeMajor = 20;
/** What the binaries among the packages want. */
const minGlibc = { major: 2, minor: 28 };

try {
  refuseOtherPlatforms();
  await installPackages();
  if (process.argv.includes("--tests")) {
    for (const program of testPrograms) {
      keep(join(root, ".darasa", `${program.name}.json`), JSON.stringify(find(program)));
    }
  }
} catch (error) {
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
  const identity = installer.pid ? (identify(installer.pid) ?? "") : "";
  keep(installerFile, identity);
  endWithUs(identity);
  return new Promise((resolve, reject) => {
    installer.once("error", reject);
    installer.once("close", (exitCode) => {
      if (exitCode === 0) resolve();
      else reject(new Error(`The packages could not be installed:\n${output.trim()}`));
    });
  });
}

/**
 * Ends the installation when we are told to end, or when npm, which started us, was killed.
 * @param {string} identity
 */
function endWithUs(identity) {
  const end = () => {
    endInstaller(identity);
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
 * One program of the tests; root on Debian gets it installed.
 * @param {(typeof testPrograms)[number]} program
 * @returns {{ path: string } | { missing: string }}
 */
function find({ title, variable, paths, debianPackage }) {
  const named = process.env[variable];
  if (named) {
    return existsSync(named) ? { path: named } : { missing: `${variable}=${named} is not there` };
  }
  const lookFor = () =>
    paths.map((path) => join("/usr/bin", path)).find((path) => existsSync(path));
  const found = lookFor();
  if (found) return { path: found };
  if (process.getuid?.() !== 0 || !/^ID=debian$/m.test(readOsRelease())) {
    return { missing: `there is no ${title}; install one or name it: ${variable}=… npm test` };
  }
  console.log(`Installing ${title} for the tests (a minute or so; once) …`);
  const fault =
    runAptGet("update") ?? runAptGet("install", "--yes", "--no-install-recommends", debianPackage);
  const installed = lookFor();
  return installed ? { path: installed } : { missing: fault ?? `apt-get installed no ${title}` };
}

/**
 * @param {string[]} options
 * @returns {string | null} what went wrong
 */
function runAptGet(...options) {
  const run = spawnSync("apt-get", ["-qq", ...options], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    encoding: "utf8",
  });
  if (run.status === 0) return null;
  const why = run.error ? run.error.message : run.stderr.trim().split("\n").at(-1);
  return `apt-get ${options[0]} failed: ${why}`;
}

function readOsRelease() {
  return existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
}

/**
 * @param {string} file
 * @param {string} text
 */
function keep(file, text) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text);
}
