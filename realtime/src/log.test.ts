import { expect, test } from "vitest";
import { createLog } from "./log.ts";

test("a line is JSON with time, level, name and message, and errors bring their causes", () => {
  const lines: string[] = [];
  const log = createLog({ level: "info", now: () => 0, write: (line) => lines.push(line) });
  log("debug", "not wanted");
  log("error", "it broke", { error: new Error("outer", { cause: new Error("inner") }), rows: 3 });
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  expect(line).toMatchObject({
    time: "1970-01-01T00:00:00.000Z",
    level: "error",
    name: "realtime",
    msg: "it broke",
    rows: 3,
    error: { message: "outer", cause: { message: "inner" } },
  });
  expect(lines[0]?.endsWith("\n")).toBe(true);
});
