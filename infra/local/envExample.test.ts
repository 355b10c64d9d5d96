import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { settingNames as apiNames } from "../../api/src/config.ts";
import { settingNames as realtimeNames } from "../../realtime/src/config.ts";

it(".env.example names exactly the settings of api and realtime, each once", async () => {
  const text = await readFile(new URL("../.env.example", import.meta.url), "utf8");
  const named = text.split("\n").flatMap((line) => /^([A-Z0-9_]+)=/.exec(line)?.[1] ?? []);
  expect(named.toSorted()).toEqual([...new Set([...apiNames, ...realtimeNames])].toSorted());
});
