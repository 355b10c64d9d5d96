import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** Stands in for npm: notes each call with its pid, and takes as long, or fails, as the file `mood` says. */
const npm = `
const { appendFileSync, mkdirSync, readFileSync } = require("node:fs");
mkdirSync("node_modules", { recursive: true });
appendFileSync("calls", process.pid + " " + process.argv[2] + "\\n");
const mood = readFileSync("mood", "utf8");
if (mood === "fails") { console.error("npm error no such package"); process.exit(1); }
if (mood === "slow") setTimeout(() => {}, 60_000);
`;

/** None of the programs has to be found or made. */
const allNamed = Object.fromEntries(
  [
    ["CHROMIUM_PATH", "REDIS_SERVER_PATH", "NGINX_PATH", "PROSODYCTL_PATH", "LUAC_PATH"],
    ["K6_PROGRAM", "TOXIPROXY_PATH", "LIVEKIT_SERVER_PATH", "S3_SERVER_PATH"],
  ].flatMap((names) => names.map((name) => [name, process.execPath])),
);

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "darasa-setup-"));
  await mkdir(join(root, "infra/local"), { recursive: true });
  for (const name of ["setup.mjs", "findTestPrograms.mjs", "testPrograms.mjs"]) {
    const own = join(root, "infra/local", name);
    await copyFile(fileURLToPath(new URL(name, import.meta.url)), own);
  }
  await writeFile(join(root, "package-lock.json"), "{}");
  await writeFile(join(root, "npm.cjs"), npm);
  await writeFile(join(root, "mood"), "quick");
});
afterEach(() => rm(root, { recursive: true }));

function startSetup(
  options: readonly string[] = [],
  before: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
) {
  const child = spawn(
    process.execPath,
    [...before, join(root, "infra/local/setup.mjs"), ...options],
    {
      env: {
        ...process.env,
        npm_node_execpath: process.execPath,
        npm_execpath: join(root, "npm.cjs"),
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  child.stdout.on("data", (part: Buffer) => (output += part.toString()));
  child.stderr.on("data", (part: Buffer) => (output += part.toString()));
  return { child, output: () => output };
}

async function setUp(...setup: Parameters<typeof startSetup>) {
  const { child, output } = startSetup(...setup);
  return { exitCode: await endOf(child), output: output() };
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}

/** Pids of the npm processes so far. */
const calls = async () => {
  const text = await readFile(join(root, "calls"), "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [Number.parseInt(line, 10)]));
};
const isGone = async (pid: number | undefined) =>
  (await readFile(`/proc/${String(pid)}/cmdline`, "utf8").catch(() => "")) === "";

/** Starts a set-up that hangs in npm. */
async function startSlowly() {
  await writeFile(join(root, "mood"), "slow");
  const started = startSetup();
  await expect.poll(calls).toHaveLength(1);
  const [installer] = await calls();
  return { ...started, installer };
}

describe("setup", () => {
  it("installs once, and again when the lockfile changed", async () => {
    const first = await setUp();
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.output).toContain("Installing packages");
    await expect(setUp()).resolves.toEqual({ exitCode: 0, output: "" });
    expect(await calls()).toHaveLength(1);
    await writeFile(join(root, "package-lock.json"), '{"changed": true}');
    await setUp();
    expect(await calls()).toHaveLength(2);
  });

  it("installs again when it failed, and shows what npm said", async () => {
    await writeFile(join(root, "mood"), "fails");
    const failed = await setUp();
    expect(failed.exitCode).toBe(1);
    expect(failed.output).toContain("could not be installed:\nnpm error no such package");
    await writeFile(join(root, "mood"), "quick");
    await expect(setUp()).resolves.toMatchObject({ exitCode: 0 });
    expect(await calls()).toHaveLength(2);
  });

  it("recovers when it was killed half-way: ends the npm that went on, and installs anew", async () => {
    const { child, installer } = await startSlowly();
    child.kill("SIGKILL");
    await endOf(child);
    expect(await isGone(installer)).toBe(false);
    await writeFile(join(root, "mood"), "quick");
    await expect(setUp()).resolves.toMatchObject({ exitCode: 0 });
    await expect.poll(() => isGone(installer)).toBe(true);
    expect(await calls()).toHaveLength(2);
  });

  it("takes npm with it when it is stopped", async () => {
    const { child, installer } = await startSlowly();
    child.kill("SIGINT");
    await expect(endOf(child)).resolves.toBe(1);
    await expect.poll(() => isGone(installer)).toBe(true);
  });

  it.each([
    [
      "another system",
      `Object.defineProperty(process, "platform", { value: "darwin" })`,
      /darwin x64/,
    ],
    [
      "another processor",
      `Object.defineProperty(process, "arch", { value: "arm64" })`,
      /linux arm64/,
    ],
    ["another C library", `process.report.getReport = () => ({ header: {} })`, /not musl/],
    [
      "an old C library",
      `process.report.getReport = () => ({ header: { glibcVersionRuntime: "2.17" } })`,
      /glibc 2\.28 or newer, and this is 2\.17/,
    ],
  ])("refuses %s in a sentence, before it installs anything", async (_what, pretend, words) => {
    const module = `data:text/javascript,${encodeURIComponent(pretend)}`;
    const { exitCode, output } = await setUp([], ["--import", module]);
    expect(exitCode).toBe(1);
    expect(output).toMatch(words);
    expect(output).not.toContain("    at ");
    expect(await calls()).toEqual([]);
  });

  it.each([
    ["Chromium", "CHROMIUM_PATH", "chromium"],
    ["Redis", "REDIS_SERVER_PATH", "redis"],
    ["nginx", "NGINX_PATH", "nginx"],
    ["Prosody", "PROSODYCTL_PATH", "prosody"],
    ["Lua's compiler", "LUAC_PATH", "luac"],
    ["k6", "K6_PROGRAM", "k6"],
    ["toxiproxy", "TOXIPROXY_PATH", "toxiproxy"],
    ["LiveKit", "LIVEKIT_SERVER_PATH", "livekit"],
    ["a storage that speaks S3", "S3_SERVER_PATH", "s3"],
  ])(
    "notes for the tests which %s there is, or why there is none",
    async (_what, variable, name) => {
      await setUp(["--tests"], [], { ...allNamed, [variable]: process.execPath });
      expect(await note(name)).toEqual({ path: process.execPath });
      await setUp(["--tests"], [], { ...allNamed, [variable]: "/nowhere" });
      expect(await note(name)).toEqual({ missing: `${variable}=/nowhere is not there` });
      expect((await stat(join(root, ".darasa"))).mode & 0o777).toBe(0o700);
    },
  );

  it("takes another Chromium that is there, where the one it would install is not to be had", async () => {
    const pretend = `
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      const { existsSync } = fs;
      fs.existsSync = (path) =>
        String(path).startsWith("/usr/bin/") ? path === "/usr/bin/chromium" : existsSync(path);
      syncBuiltinESMExports();`;
    const debian = await makeDebian("exit 1");
    const environment = { ...debian, LUAC_PATH: process.execPath, CHROMIUM_PATH: "" };
    const module = `data:text/javascript,${encodeURIComponent(pretend)}`;
    await setUp(["--tests"], ["--import", module], environment);
    expect(await note("chromium")).toEqual({ path: "/usr/bin/chromium" });
  });

  const cannotUnpack = existsSync("/usr/bin/luac5.4")
    ? "there is one in /usr/bin"
    : isDebian()
      ? null
      : "this is not Debian";
  it.skipIf(cannotUnpack !== null)(
    `programs of Debian's packages are unpacked once, for all clones ${cannotUnpack ?? ""}`,
    async () => {
      const debian = await makeDebian(`mkdir -p tree/usr/bin; cp "$0" tree/usr/bin/luac5.4`);
      await setUp(["--tests"], [], debian);
      const unpacked = join(root, "cache/darasa/luac-debian/usr/bin/luac5.4");
      expect(await note("luac")).toEqual({ path: unpacked });
      await setUp(["--tests"], [], debian);
      const asked = await readFile(join(root, "asked"), "utf8");
      expect(asked).toBe("-qq download lua5.4\n-x ./lua.deb tree\n-v\n");
      expect(await readdir(join(root, "cache/darasa"))).toEqual(["luac-debian"]);
    },
  );

  it.skipIf(cannotUnpack !== null)(
    `programs of Debian's packages are missing with the reason where they do not run ${cannotUnpack ?? ""}`,
    async () => {
      const debian = await makeDebian("echo no such format >&2; false");
      await setUp(["--tests"], [], debian);
      expect(await note("luac")).toEqual({
        missing: "Lua's compiler could not be unpacked: no such format",
      });
      expect(await readdir(join(root, "cache/darasa"))).toEqual([]);
    },
  );

  describe("programs that are built with Go", () => {
    it("are built once, beside what npm installs, for all clones", async () => {
      const go = await makeGo('echo built > "$GOBIN/k6"');
      const first = await setUp(["--tests"], [], go);
      expect(first.output).toContain("Building k6");
      const built = join(root, "cache/darasa/bin/k6-1.8.1");
      expect(await note("k6")).toEqual({ path: built });
      expect(await readFile(built, "utf8")).toBe("built\n");
      expect((await setUp(["--tests"], [], go)).output).toBe("");
      expect(await readFile(join(root, "built"), "utf8")).toBe("install go.k6.io/k6@v1.8.1\n");
      expect(await readdir(join(root, "cache/darasa"))).toEqual(["bin"]);
    });

    it("of our own are built again when their source has changed", async () => {
      const source = join(root, "infra/local/testing/s3");
      await mkdir(source, { recursive: true });
      await writeFile(join(source, "main.go"), "package main");
      // `go build -buildvcs=false -o <folder> .`
      const go = { ...(await makeGo('cp main.go "$4/s3"')), K6_PROGRAM: "/k6", S3_SERVER_PATH: "" };
      const build = async () => {
        await setUp(["--tests"], [], go);
        const { path } = (await note("s3")) as { path: string };
        return { path, text: await readFile(path, "utf8") };
      };
      const first = await build();
      expect(first.text).toBe("package main");
      expect(await build()).toEqual(first);
      await writeFile(join(source, "main.go"), "package main // again");
      expect((await build()).text).toBe("package main // again");
      expect((await readFile(join(root, "built"), "utf8")).match(/^build/gm)).toHaveLength(2);
    });

    it("are missing with the reason where they cannot be built", async () => {
      const { exitCode } = await setUp(["--tests"], [], await makeGo("echo no network >&2; false"));
      expect(exitCode).toBe(0);
      expect(await note("k6")).toEqual({
        missing: "go install go.k6.io/k6 failed: no network",
      });
    });

    it("leave nothing half-made when the set-up is stopped", async () => {
      const go = await makeGo("sleep 60");
      const { child, output } = startSetup(["--tests"], [], go);
      await expect.poll(output).toContain("Building k6");
      await expect.poll(() => readFile(join(root, "built"), "utf8").catch(() => "")).not.toBe("");
      child.kill("SIGTERM");
      await expect(endOf(child)).resolves.toBe(1);
      expect(await readdir(join(root, "cache/darasa"))).toEqual([]);
    });
  });
});

/** The set-up's word on one program. */
async function note(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(root, `.darasa/${name}.json`), "utf8"));
}

/** Every program but k6 is there already; a stand-in for Go, which notes what it is asked for, does `what` for that. */
async function makeGo(what: string): Promise<NodeJS.ProcessEnv> {
  await mkdir(join(root, "bin"));
  const script = `#!/bin/sh\necho "$@" >> "${join(root, "built")}"\n${what}\n`;
  await writeFile(join(root, "bin/go"), script, { mode: 0o755 });
  return {
    ...allNamed,
    K6_PROGRAM: "",
    PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}`,
    XDG_CACHE_HOME: join(root, "cache"),
  };
}

function isDebian(): boolean {
  const release = "/etc/os-release";
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, "utf8"));
}

/** Every program but Lua's compiler is there already; of Debian's tools there are stand-ins that note what is asked. */
async function makeDebian(unpack: string): Promise<NodeJS.ProcessEnv> {
  await mkdir(join(root, "bin"));
  const script = (what: string) =>
    `#!/bin/sh\necho "$@" >> "${join(root, "asked")}"\ncase $* in -v | *update) exit ;; esac\n${what}\n`;
  await writeFile(join(root, "bin/apt-get"), script("touch lua.deb"), { mode: 0o755 });
  await writeFile(join(root, "bin/dpkg-deb"), script(unpack), { mode: 0o755 });
  return {
    ...allNamed,
    LUAC_PATH: "",
    PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}`,
    XDG_CACHE_HOME: join(root, "cache"),
  };
}
