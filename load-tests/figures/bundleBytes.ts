import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly isEntry?: boolean;
}
type Manifest = Readonly<Record<string, Chunk>>;

/** Gzip bytes of what the browser must have: `home` and `classroom` at first paint, `board` on top of that. */
export interface BundleBytes {
  readonly home: number;
  readonly classroom: number;
  readonly board: number;
}

/** Adds up the built files by Vite's manifest: an entry with all that it imports statically, and its styles. */
export async function measureBundle(dist: string): Promise<BundleBytes> {
  const text = await readFile(join(dist, ".vite/manifest.json"), "utf8");
  const manifest = JSON.parse(text) as Manifest;
  const find = (part: RegExp): string => {
    const key = Object.keys(manifest).find((name) => part.test(name));
    if (!key) throw new Error(`The manifest has no ${String(part)}`);
    return key;
  };
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? find(/index\.html$/);
  const english = find(/i18n\/en\b.*/);
  const shell = new Set([...files(manifest, entry), ...files(manifest, english), "index.html"]);
  const home = new Set([...shell, ...files(manifest, find(/home\/\w+\.tsx$/))]);
  const classroom = new Set([...shell, ...files(manifest, find(/classroom\/ClassPage\.tsx$/))]);
  const board = new Set(files(manifest, find(/board\/editor\/.*tsx?$/)));
  const add = (names: Iterable<string>) => gzipBytes(dist, names);
  return {
    home: await add(home),
    classroom: await add(classroom),
    board: await add([...board].filter((file) => !classroom.has(file))),
  };
}

function files(manifest: Manifest, key: string, seen = new Set<string>()): string[] {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return [];
  seen.add(key);
  const below = (chunk.imports ?? []).flatMap((name) => files(manifest, name, seen));
  return [chunk.file, ...(chunk.css ?? []), ...below];
}

async function gzipBytes(dist: string, names: Iterable<string>): Promise<number> {
  let total = 0;
  for (const name of new Set(names)) total += gzipSync(await readFile(join(dist, name))).length;
  return total;
}
