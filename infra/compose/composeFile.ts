import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const serviceSchema = z.object({
  image: z.string(),
  profiles: z.array(z.string()).default([]),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  volumes: z.array(z.string()).default([]),
});

const fileSchema = z.object({ services: z.record(z.string(), serviceSchema) });

/** The compose file as far as our tests look at it. */
export type ComposeFile = z.infer<typeof fileSchema>;

const path = join(import.meta.dirname, "compose.yaml");

/** Its services with the values that `.env` would give them. */
export async function loadComposeFile(
  environment: Readonly<Record<string, string>>,
): Promise<ComposeFile> {
  const file = fileSchema.parse(parse(await readFile(path, "utf8"), { merge: true }));
  for (const service of Object.values(file.services)) {
    for (const [name, value] of Object.entries(service.environment)) {
      service.environment[name] = fillIn(value, environment);
    }
  }
  return file;
}

/** The names of everything that the file wants from `.env`, and of those that may be left out. */
export async function findVariables(): Promise<{ needed: Set<string>; optional: Set<string> }> {
  const text = await readFile(path, "utf8");
  const found = { needed: new Set<string>(), optional: new Set<string>() };
  for (const [, name = "", rest = ""] of text.matchAll(/\$\{([A-Z0-9_]+)([^}]*)\}/g)) {
    found[/^:[-+]/.test(rest) ? "optional" : "needed"].add(name);
  }
  return found;
}

/** `${NAME:+text}` is the text where the name has a value. */
function fillIn(value: string, environment: Readonly<Record<string, string>>): string {
  return value.replaceAll(
    /\$\{([A-Z0-9_]+)(?::\+([^}]*)|[^}]*)\}/g,
    (_, name: string, text?: string) => {
      const given = environment[name] ?? "";
      return text === undefined || given === "" ? given : text;
    },
  );
}
