// @ts-check
// Of `npm test`, before there are packages: plain JavaScript of Node 20.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { testPrograms } from "./testPrograms.mjs";

/** @typedef {import("./testPrograms.mjs").TestProgram} TestProgram */
/** @typedef {import("./testPrograms.mjs").Unpacked} Unpacked */
/** @typedef {{ path: string } | { missing: string }} Found */

/** @type {Set<number>} Groups of what runs for us. */
const running = new Set();
/** @type {Set<string>} */
const scratchFolders = new Set();
let isEnded = false;

/** Ends what is still being built or installed, when the set-up ends before its time. */
export function endTestPrograms() {
  isEnded = true;
  for (const group of running) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
  for (const folder of scratchFolders) rmSync(folder, { recursive: true, force: true });
}

/**
 * Finds or gets each of them: what Debian has one after the other, as apt-get wants it, and at the same time what is built.
 *
 * @returns {Promise<{ name: string, found: Found }[]>}
 */
export async function findTestPrograms() {
  let before = Promise.resolve();
  const finding = testPrograms.map((program) => {
    const found = program.go ? find(program) : before.then(() => find(program));
    const kept = found.catch((error) => ({ missing: String(error) }));
    if (!program.go) before = kept.then(() => undefined);
    return kept.then((each) => ({ name: program.name, found: each }));
  });
  return Promise.all(finding);
}

/**
 * @param {TestProgram} program
 * @returns {Promise<Found>}
 */
async function find(program) {
  const { variable } = program;
  const named = process.env[variable];
  if (named) {
    return existsSync(named) ? { path: named } : { missing: `${variable}=${named} is not there` };
  }
  const there = lookFor(program);
  if (there) return { path: there };
  const found = await get(program);
  const other = "path" in found ? undefined : lookFor({ ...program, paths: program.others ?? [] });
  return other ? { path: other } : found;
}

/**
 * @param {TestProgram} program
 * @returns {Promise<Found>}
 */
async function get(program) {
  const { title, variable } = program;
  if (program.go) return build(program, program.go);
  const isDebian = /^ID=debian$/m.test(readOsRelease());
  if (isDebian && program.unpacked) return unpack(program, program.unpacked);
  if (isDebian && process.getuid?.() === 0) return install(program);
  return { missing: `there is no ${title}; install one or name it: ${variable}=… npm test` };
}

/**
 * @param {TestProgram} program
 * @returns {Promise<Found>}
 */
async function install(program) {
  const { title, debianPackage = "" } = program;
  console.log(`Installing ${title} for the tests (a minute or so; once) …`);
  const fault =
    (await runAptGet("update")) ??
    (await runAptGet("install", "--yes", "--no-install-recommends", debianPackage));
  const installed = lookFor(program);
  return installed ? { path: installed } : { missing: fault ?? `apt-get installed no ${title}` };
}

/**
 * @param {TestProgram} program
 * @returns {string | undefined}
 */
function lookFor({ name, paths = [], go, unpacked }) {
  const places = ["/usr/bin", "/usr/sbin"].flatMap((folder) =>
    paths.map((path) => join(folder, path)),
  );
  const own = [
    ...(go ? [builtPath(name, go)] : []),
    ...(unpacked ? [join(unpackedFolder(name), unpacked.program)] : []),
  ];
  return [...places, ...own].find((path) => existsSync(path));
}

/** All clones share it. */
function cacheFolder() {
  const base = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(base, "darasa");
}

/**
 * @param {string} name
 * @param {NonNullable<TestProgram["go"]>} go
 */
function builtPath(name, go) {
  const version = "version" in go ? go.version : hashOf(sourceFolder(go.source));
  return join(cacheFolder(), "bin", `${name}-${version}`);
}

/** @param {string} source */
function sourceFolder(source) {
  return fileURLToPath(new URL(source, import.meta.url));
}

/** @param {string} folder */
function hashOf(folder) {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest("hex").slice(0, 12);
}

/** @param {string} name */
function unpackedFolder(name) {
  return join(cacheFolder(), `${name}-debian`);
}

/**
 * @param {TestProgram} program
 * @param {NonNullable<TestProgram["go"]>} wanted
 * @returns {Promise<Found>}
 */
async function build({ name, title, variable }, wanted) {
  const go = findGo();
  if (!go) {
    return {
      missing: `there is no Go to build ${title} with; or name one: ${variable}=… npm test`,
    };
  }
  console.log(`Building ${title} for the tests (a minute or two; once) …`);
  return inScratchFolder(async (folder) => {
    const fault =
      "source" in wanted
        ? await run(go, ["build", "-buildvcs=false", "-o", folder, "."], {
            cwd: sourceFolder(wanted.source),
          })
        : await run(go, ["install", `${wanted.module}@v${wanted.version}`], {
            environment: { GOBIN: folder },
          });
    if (fault !== null) {
      const what = "source" in wanted ? `build ${wanted.source}` : `install ${wanted.module}`;
      return { missing: `go ${what} failed: ${fault}` };
    }
    const [built = ""] = readdirSync(folder);
    const path = builtPath(name, wanted);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(join(folder, built), path);
    return { path };
  });
}

function findGo() {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/go/bin"];
  return folders.map((folder) => join(folder, "go")).find((path) => existsSync(path));
}

/**
 * @param {TestProgram} program
 * @param {Unpacked} unpacked
 * @returns {Promise<Found>}
 */
async function unpack({ name, title }, { packages, program, prepare = "", asksFor }) {
  return inScratchFolder(async (folder) => {
    const command = `apt-get -qq download ${packages.join(" ")}
      for package in ./*.deb; do dpkg-deb -x "$package" tree; done
      cd tree
      ${prepare}`;
    const download = () => run("sh", ["-ec", command], { cwd: folder });
    let fault = await download();
    // Only root may ask what there is; a machine that never did knows no package.
    if (fault !== null && process.getuid?.() === 0) {
      fault = (await runAptGet("update")) ?? (await download());
    }
    const tree = join(folder, "tree");
    if (fault === null) fault = await run(join(tree, program), asksFor);
    if (fault !== null) return { missing: `${title} could not be unpacked: ${fault}` };
    const kept = unpackedFolder(name);
    // Another clone may have been first.
    if (!existsSync(join(kept, program))) {
      rmSync(kept, { recursive: true, force: true });
      renameSync(tree, kept);
    }
    return { path: join(kept, program) };
  });
}

/**
 * What is made in it is moved away whole: another clone may do the same at the same time.
 *
 * @param {(folder: string) => Promise<Found>} make
 * @returns {Promise<Found>}
 */
async function inScratchFolder(make) {
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), "making-"));
  scratchFolders.add(folder);
  try {
    return await make(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    scratchFolders.delete(folder);
  }
}

/** @param {string[]} options */
async function runAptGet(...options) {
  const fault = await run("apt-get", ["-qq", ...options], {
    environment: { DEBIAN_FRONTEND: "noninteractive" },
  });
  return fault === null ? null : `apt-get ${options[0]} failed: ${fault}`;
}

/**
 * @param {string} program
 * @param {readonly string[]} options
 * @param {{ environment?: NodeJS.ProcessEnv, cwd?: string }} [surroundings]
 * @returns {Promise<string | null>} what went wrong
 */
function run(program, options, { environment = {}, cwd = "/" } = {}) {
  if (isEnded) return Promise.resolve("the set-up was ended");
  const child = spawn(program, options, {
    cwd,
    env: { ...process.env, ...environment },
    // A group of its own, so that all of it can be ended.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (child.pid) running.add(child.pid);
  let said = "";
  child.stderr.on("data", (part) => (said += part));
  return new Promise((resolve) => {
    const end = (/** @type {string | null} */ fault) => {
      if (child.pid) running.delete(child.pid);
      resolve(fault);
    };
    child.once("error", (error) => end(error.message));
    child.once("close", (exitCode) =>
      end(exitCode === 0 ? null : (said.trim().split("\n").at(-1) ?? "")),
    );
  });
}

function readOsRelease() {
  return existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
}
