import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { batteryCases } from "./cases.ts";
import { isLong, judgeCase } from "./judgeCase.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const scripts = (
  JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { scripts: Record<string, string> }
).scripts;

it.each(batteryCases)("$id ($what) names tests and commands that are there", ({ proofs }) => {
  for (const proof of proofs) {
    if (isLong(proof)) expect(scripts).toHaveProperty(proof.command[0]);
    else expect(existsSync(root + proof.file), proof.file).toBe(true);
  }
});

describe("a case", () => {
  const battery = {
    id: "X1",
    what: "anything",
    proofs: [{ file: "a.test.ts", title: "[X1]" }, { command: ["chaos", "--x"] as const }],
  };
  const ran = (status: string) => [{ file: "/here/a.test.ts", title: "all [X1] holds", status }];

  it("passes when its tests do, and what is long where it was run", () => {
    expect(judgeCase(battery, ran("passed"), null)).toMatchObject({ result: "passed", count: 1 });
    const long = judgeCase(battery, ran("passed"), new Map([["chaos --x", true]]));
    expect(long).toMatchObject({ result: "passed", count: 2 });
  });

  it.each([
    ["a test failed", ran("failed"), null],
    ["no test has that title", [{ file: "a.test.ts", title: "else", status: "passed" }], null],
    ["a long run failed", ran("passed"), new Map([["chaos --x", false]])],
  ])("fails when %s", (_why, tests, longRuns) => {
    expect(judgeCase(battery, tests, longRuns).result).toBe("FAILED");
  });

  it("is skipped where its tests are, and says when it has none", () => {
    expect(judgeCase(battery, ran("skipped"), null).result).toBe("skipped");
    expect(judgeCase({ ...battery, proofs: [] }, [], null).result).toBe("no test yet");
  });
});
