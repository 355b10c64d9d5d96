import { readFileSync } from "node:fs";
import { closeReasons, errorTable, reactions } from "@darasa/protocol";
import { commandTypes } from "@darasa/protocol/decode";
import { expect, it } from "vitest";

const spec = readFileSync(new URL("../protocol/SPEC.md", import.meta.url), "utf8");
const shapes = spec.slice(spec.indexOf("## S · Shapes"));
const rule = (name: string): string =>
  shapes.slice(shapes.indexOf(`**${name}**`)).split("\n- **")[0] ?? "";

it("[S1] names every command", () => {
  const named = [...rule("S1").matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual([...commandTypes].sort());
});

it("[S4] names every reaction", () => {
  expect([...rule("S4").matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual([...reactions]);
});

it("[S5] tells rightly which errors are worth another try", () => {
  const [final = "", again = ""] = rule("S5").split("tried again");
  const codes = (text: string) =>
    [...text.matchAll(/`(\w+)`/g)].flatMap(([, name = ""]) => (name === "retryable" ? [] : [name]));
  const isRetryable = (code: string) => errorTable[code as keyof typeof errorTable].retryable;
  expect(codes(final).map(isRetryable)).not.toContain(true);
  expect(codes(again).map(isRetryable)).not.toContain(false);
  expect(codes(final).length + codes(again).length).toBe(18);
});

it("[S6] names every close and whether to come back", () => {
  const rows = [...rule("S6").matchAll(/^\| (\d+) \|[^|]*\| (\w+)/gm)];
  expect(rows.map(([, code, comeBack]) => [Number(code), comeBack])).toEqual(
    Object.values(closeReasons).map(({ code, reconnect }) => [code, reconnect]),
  );
});
