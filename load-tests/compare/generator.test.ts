import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const isGoMissing = spawnSync("go", ["version"]).error !== undefined;

test.skipIf(isGoMissing)("the generator's own tests of frames and markers hold", () => {
  const { status, stdout, stderr } = spawnSync("go", ["test", "./frames"], {
    cwd: join(import.meta.dirname, "generator"),
    encoding: "utf8",
  });
  expect(status, stdout + stderr).toBe(0);
});
