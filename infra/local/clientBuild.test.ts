import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildClient } from "./clientBuild.ts";

const vite = dirname(createRequire(import.meta.url).resolve("vite/package.json"));
let root: string;
let lines: string[];

/** A checkout with a client of one page. */
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "darasa-client-")));
  lines = [];
  for (const folder of ["client/src", "realtime/protocol/src", "node_modules"]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await symlink(vite, join(root, "node_modules/vite"));
  await write("package-lock.json", "{}");
  await write("client/package.json", "{}");
  await write("client/index.html", '<script type="module" src="/src/main.ts"></script>');
  await write("client/src/main.ts", 'document.title = "first";');
  await write("realtime/protocol/src/version.ts", "export const version = 1;");
});
afterEach(() => rm(root, { recursive: true }));

const write = (path: string, text: string) => writeFile(join(root, path), text);
const build = () => buildClient(root, (line) => lines.push(line));
const script = async () => {
  const assets = join(root, "client/dist/assets");
  const [name = ""] = await readdir(assets);
  return readFile(join(assets, name), "utf8");
};

describe("buildClient", () => {
  it("builds once, says so, and not again while nothing changed", async () => {
    await build();
    expect(await script()).toContain("first");
    expect(lines).toEqual(["Building the pages (after each change of theirs) …"]);
    await build();
    expect(lines).toHaveLength(1);
    expect(await readdir(join(root, "node_modules"))).toEqual(["vite"]);
  });

  it.each(["client/src/main.ts", "realtime/protocol/src/version.ts", "package-lock.json"])(
    "builds again when %s changed",
    async (path) => {
      await build();
      await write(path, "export {}; // changed");
      await build();
      expect(lines).toHaveLength(2);
    },
  );

  it("does not build for a test that changed", async () => {
    await build();
    await write("client/src/main.test.ts", "changed");
    await build();
    expect(lines).toHaveLength(1);
  });

  it("says why a build failed, keeps the last good one, and tries again", async () => {
    await build();
    await write("client/src/main.ts", 'import "./nowhere.ts";');
    await expect(build()).rejects.toThrow(/The pages could not be built:[^]*nowhere/);
    expect(await script()).toContain("first");
    await write("client/src/main.ts", 'document.title = "third";');
    await build();
    expect(await script()).toContain("third");
  });

  it("goes on beside another build of the same pages", async () => {
    const beside = join(root, `node_modules/.darasa/${process.ppid}/client`);
    await mkdir(beside, { recursive: true });
    await build();
    expect(await script()).toContain("first");
    expect(await readdir(beside)).toEqual([]);
  });

  it("is not misled by what a killed build left", async () => {
    await mkdir(join(root, "node_modules/.darasa/4194305/client"), { recursive: true });
    await mkdir(join(root, "client/dist/assets"), { recursive: true });
    await write("client/dist/assets/half.js", "half");
    await build();
    expect(await script()).toContain("first");
  });
});
