// @ts-check
// Of `npm test`, before there are packages: plain JavaScript of Node 20.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/**
 * A program that tests want. Debian's server of Redis lies in redis-tools under another name, and goes by the name
 * that it is called: the package named after it would start one for the whole machine.
 *
 * @typedef {object} TestProgram
 * @property {string} name
 * @property {string} title
 * @property {string} variable names one that is there already
 * @property {readonly string[]} [paths] in /usr/bin or /usr/sbin
 * @property {string} [debianPackage] is installed, by root on Debian
 * @property {Unpacked} [unpacked] is taken out of Debian's packages, and nothing installed
 * @property {{ module: string, version: string }} [go] is built from Go's module, once for all clones
 */

/**
 * Debian's packages as they lie below a folder of ours, and the program in them.
 *
 * @typedef {object} Unpacked
 * @property {readonly string[]} packages
 * @property {string} program below that folder
 * @property {string} [prepare] shell commands in that folder, before it is asked
 * @property {readonly string[]} asksFor shows that it runs
 */

/** @typedef {{ path: string } | { missing: string }} Found */

/** Lets Prosody's two programs look for all their files where they were unpacked, and brings no settings along. */
const prepareProsody = `
sed -i "s#^\\(CFG_[A-Z]*DIR\\)=#\\1=os.getenv('PROSODY_ROOT')..#" usr/bin/prosody usr/bin/prosodyctl
: > etc/prosody/prosody.cfg.lua
cat > prosodyctl << 'END'
#!/bin/sh
export PROSODY_ROOT=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH=$(echo "$PROSODY_ROOT"/usr/lib/*-linux-gnu)
export LUA_PATH="$PROSODY_ROOT/usr/lib/prosody/?.lua;$PROSODY_ROOT/usr/share/lua/5.4/?.lua;;"
export LUA_CPATH="$PROSODY_ROOT/usr/lib/prosody/?.so;$LD_LIBRARY_PATH/lua/5.4/?.so;;"
exec "$PROSODY_ROOT/usr/bin/lua5.4" "$PROSODY_ROOT/usr/bin/$(basename "$0")" "$@"
END
chmod +x prosodyctl && ln -s prosodyctl prosody`;

/** @type {readonly TestProgram[]} */
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
  {
    // Installed, its package would start a server for the whole machine.
    name: "nginx",
    title: "nginx",
    variable: "NGINX_PATH",
    paths: ["nginx"],
    unpacked: { packages: ["nginx"], program: "usr/sbin/nginx", asksFor: ["-v"] },
  },
  {
    // Installed, its package would start a server for the whole machine. The server itself lies beside it.
    name: "prosody",
    title: "Prosody",
    variable: "PROSODYCTL_PATH",
    paths: ["prosodyctl"],
    unpacked: {
      packages: [
        "prosody lua5.4 lua-bitop lua-expat lua-filesystem lua-sec lua-socket",
        // Whose name has the version in it.
        "$(apt-cache depends prosody | sed -n 's/.*Depends: \\(libicu[0-9]*\\)$/\\1/p' | head -n 1)",
      ],
      program: "prosodyctl",
      prepare: prepareProsody,
      asksFor: ["about"],
    },
  },
  {
    name: "luac",
    title: "Lua's compiler",
    variable: "LUAC_PATH",
    paths: ["luac5.4"],
    unpacked: { packages: ["lua5.4"], program: "usr/bin/luac5.4", asksFor: ["-v"] },
  },
  {
    name: "k6",
    title: "k6",
    variable: "K6_PROGRAM",
    go: { module: "go.k6.io/k6", version: "1.8.1" },
  },
  {
    name: "toxiproxy",
    title: "toxiproxy",
    variable: "TOXIPROXY_PATH",
    go: { module: "github.com/Shopify/toxiproxy/v2/cmd/server", version: "2.5.0" },
  },
  {
    // From 1.13.6 on its module has replace directives, which `go install` refuses.
    name: "livekit",
    title: "LiveKit",
    variable: "LIVEKIT_SERVER_PATH",
    go: { module: "github.com/livekit/livekit-server/cmd/server", version: "1.13.5" },
  },
];

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
  const { title, variable } = program;
  const named = process.env[variable];
  if (named) {
    return existsSync(named) ? { path: named } : { missing: `${variable}=${named} is not there` };
  }
  const there = lookFor(program);
  if (there) return { path: there };
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
    ...(go ? [builtPath(name, go.version)] : []),
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
 * @param {string} version
 */
function builtPath(name, version) {
  return join(cacheFolder(), "bin", `${name}-${version}`);
}

/** @param {string} name */
function unpackedFolder(name) {
  return join(cacheFolder(), `${name}-debian`);
}

/**
 * @param {TestProgram} program
 * @param {{ module: string, version: string }} go
 * @returns {Promise<Found>}
 */
async function build({ name, title, variable }, { module, version }) {
  const go = findGo();
  if (!go) {
    return {
      missing: `there is no Go to build ${title} with; or name one: ${variable}=… npm test`,
    };
  }
  console.log(`Building ${title} ${version} for the tests (a minute or two; once) …`);
  return inScratchFolder(async (folder) => {
    const fault = await run(go, ["install", `${module}@v${version}`], {
      environment: { GOBIN: folder },
    });
    if (fault !== null) return { missing: `go install ${module} failed: ${fault}` };
    const path = builtPath(name, version);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(join(folder, module.slice(module.lastIndexOf("/") + 1)), path);
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
