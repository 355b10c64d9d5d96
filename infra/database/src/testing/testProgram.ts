import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const notes = join(import.meta.dirname, "../../../../.darasa");

/** Where `infra/local/setup.mjs --tests` found a program, or why there is none: tests that need it skip with that reason. */
export function findTestProgram(
  name: "k6" | "redis" | "toxiproxy" | "nginx" | "livekit" | "prosody" | "luac" | "s3",
): { readonly path: string } | { readonly missing: string } {
  const note = join(notes, `${name}.json`);
  if (!existsSync(note)) return { missing: "`node infra/local/setup.mjs --tests` has not run" };
  return JSON.parse(readFileSync(note, "utf8")) as { path: string } | { missing: string };
}

/** @throws Error in plain words where there is none */
export function testProgramPath(name: Parameters<typeof findTestProgram>[0]): string {
  const found = findTestProgram(name);
  if ("missing" in found) throw new Error(`${name} is missing: ${found.missing}`);
  return found.path;
}
