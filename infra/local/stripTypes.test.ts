import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { stripTypes } from "./stripTypes.ts";
import { makeTestFolder, removeTestFolder } from "./testing/testFolder.ts";

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map(removeTestFolder)));

async function makeFolder(): Promise<string> {
  const folder = await makeTestFolder();
  folders.push(folder);
  return folder;
}

const hook = join(import.meta.dirname, "plainSource.mjs");
const run = async (folder: string, preload: string): Promise<unknown> => {
  const args = ["--import", preload, join(folder, "realtime/src/main.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
};

/** Says what it is told, by a worker, and whether Node has its compiler. */
const main = `
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { greeting } from "../../infra/greeting.ts";
const hasCompiler: boolean = process.moduleLoadList.some((name: string) => name.includes("amaro"));
if (isMainThread) new Worker(new URL(import.meta.url)).on("message", (said: unknown) =>
  console.log(JSON.stringify({ said, hasCompiler })));
else parentPort?.postMessage({ greeting: greeting satisfies string, hasCompiler });
`;

async function makeSources(): Promise<string> {
  const folder = await makeFolder();
  for (const name of ["realtime/src", "infra"]) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, "realtime/src/main.ts"), main);
  await writeFile(join(folder, "infra/greeting.ts"), `export const greeting: string = "Karibu";`);
  return folder;
}

const withoutCompiler = {
  said: { greeting: "Karibu", hasCompiler: false },
  hasCompiler: false,
};

test("sources without types run where they are, in workers too, and Node needs no compiler", async () => {
  const folder = await makeSources();
  await stripTypes(folder, folder);
  expect(await run(folder, hook)).toEqual(withoutCompiler);
});

test("or from another folder, while those with types stay as they are", async () => {
  const [folder, at] = [await makeSources(), await makeFolder()];
  await stripTypes(folder, at);
  const query = new URLSearchParams({ from: folder, at });
  expect(await run(folder, `file://${hook}?${query.toString()}`)).toEqual(withoutCompiler);
  expect(await readFile(join(folder, "infra/greeting.ts"), "utf8")).toContain(": string");
});
