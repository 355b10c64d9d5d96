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

/**
 * Gzip bytes of what the browser must have: for the first sight of `home` and of a class's page (`entry`: waiting
 * or pre-join), to be in the `classroom`, and for the `board` on top of that.
 */
export interface BundleBytes {
  readonly home: number;
  readonly entry: number;
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
  const add = (...parts: RegExp[]): Set<string> =>
    new Set(parts.flatMap((part) => files(manifest, find(part))));
  const home = add(/^index\.html$/, /i18n\/en\/start/, /home\/HomePage\.tsx$/).add("index.html");
  const entry = add(
    /^index\.html$/,
    /i18n\/en\/start/,
    /i18n\/en\/class/,
    /classroom\/(\w+\/)?ClassPage\.tsx$/,
  ).add("index.html");
  const classroom = new Set([
    ...entry,
    ...add(/classroom\/(\w+\/)?Classroom\.tsx$/, /i18n\/en\/classroom/),
  ]);
  const board = add(/board\/createBoardDocument\.ts$/, /board\/editor\/mountEditor\.tsx$/);
  return {
    home: await gzipBytes(dist, home),
    entry: await gzipBytes(dist, entry),
    classroom: await gzipBytes(dist, classroom),
    board: await gzipBytes(
      dist,
      [...board].filter((file) => !classroom.has(file)),
    ),
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
