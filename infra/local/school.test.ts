import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSchool, type TestSchool } from "./testing/startSchool.ts";
import { makeTestFolder, removeTestFolder } from "./testing/testFolder.ts";

const program = fileURLToPath(new URL("school.ts", import.meta.url));

let running: TestSchool;
let emptyFolder: string;

beforeAll(async () => {
  emptyFolder = await makeTestFolder();
  running = await startSchool({ environment: { CLIENT_DIR: emptyFolder } });
});
afterAll(async () => {
  await running.stop({ erase: true });
  await removeTestFolder(emptyFolder);
});

interface Outcome {
  readonly code: number | string | null;
  readonly out: string;
  readonly err: string;
}

function school(words: readonly string[], dataFolder: string): Promise<Outcome> {
  const env = { ...process.env, DARASA_DATA_DIR: dataFolder, DATABASE_URL: "" };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], { env }, (error, out, err) =>
      resolve({ code: error ? (error.code ?? null) : 0, out, err }),
    );
  });
}

it("works on the Darasa that runs here, without any setting", async () => {
  const made = await school(
    ["create", "--name", "Green Hill", "--slug", "green-hill", "--email", "head@green.example"],
    running.dataFolder,
  );
  expect(made, made.err).toMatchObject({ code: 0, err: "" });
  expect(made.out).toContain(`${running.baseUrl}/invite#`);
  const list = await school(["list"], running.dataFolder);
  expect(list.out).toMatch(/^green-hill /m);
  const seen = await fetch(`${running.baseUrl}/api/schools/green-hill`);
  expect(await seen.json()).toMatchObject({ name: "Green Hill" });
});

it("says what to do when nothing runs there", async () => {
  const outcome = await school(["list"], emptyFolder);
  expect(outcome).toMatchObject({ code: 1, out: "" });
  expect(outcome.err).toContain("Start it with npm start");
  expect(outcome.err).not.toMatch(/^\s+at /m);
});
