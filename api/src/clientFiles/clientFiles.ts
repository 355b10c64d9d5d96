import { readFile, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { BoundedMap } from "../boundedMap.ts";
import { contentTypes, isCompressible } from "./contentTypes.ts";

/** How an answer may be encoded (RFC 9110 §8.4.1), best first. */
export const encodings = ["br", "gzip"] as const;
export type Encoding = (typeof encodings)[number];

/** A file of the built client, ready to be sent. */
export interface ClientFile {
  readonly contentType: string;
  readonly etag: string;
  /** Never changes under its name: a name with the hash of its content. */
  readonly immutable: boolean;
  /** The bytes in the best encoding of those that the browser takes. */
  body(accepted: readonly Encoding[]): Promise<{ bytes: Uint8Array; encoding: Encoding | null }>;
}

export interface ClientFiles {
  /** The file at that path of the address, or null. Never one outside the client's folder. */
  find(path: string): Promise<ClientFile | null>;
}

const maxRemembered = 1_000;
const brotliQuality = 9;

/** Files of the built client; each is compressed once, unless the build left `.br` and `.gz` beside it. */
export function makeClientFiles(folder: string): ClientFiles {
  const remembered = new BoundedMap<string, ClientFile>(maxRemembered);
  return {
    async find(path) {
      const found = await locate(folder, path);
      if (!found) return null;
      const key = `${found.file} ${found.etag}`;
      const file = remembered.get(key) ?? makeClientFile(found);
      remembered.set(key, file);
      return file;
    },
  };
}

interface Located {
  readonly file: string;
  readonly etag: string;
  readonly isAsset: boolean;
}

/** Follows links, so that none leads out of the folder. */
async function locate(folder: string, path: string): Promise<Located | null> {
  if (path.includes("\0")) return null;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root + sep)) return null;
    const { size, mtimeMs, isFile } = await describe(file);
    if (!isFile) return null;
    const etag = `"${size.toString(36)}-${mtimeMs.toString(36)}"`;
    // Where the file lies decides, not how it was asked for: one file has many addresses.
    return { file, etag, isAsset: file.startsWith(join(root, "assets") + sep) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function describe(file: string) {
  const found = await stat(file);
  return { size: found.size, mtimeMs: Math.round(found.mtimeMs), isFile: found.isFile() };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES"].includes(String(code));
}

function makeClientFile({ file, etag, isAsset }: Located): ClientFile {
  const contentType = contentTypes[extname(file).toLowerCase()] ?? "application/octet-stream";
  const offered: readonly Encoding[] = isCompressible(contentType) ? encodings : [];
  const bodies = new Map<Encoding | null, Promise<Uint8Array>>();
  const bodyIn = (encoding: Encoding | null): Promise<Uint8Array> => {
    const known = bodies.get(encoding);
    if (known) return known;
    const made = encoding === null ? readFile(file) : encode(file, encoding);
    bodies.set(encoding, made);
    made.catch(() => bodies.delete(encoding));
    return made;
  };
  return {
    contentType,
    etag,
    immutable: isAsset,
    async body(accepted) {
      const encoding = offered.find((one) => accepted.includes(one)) ?? null;
      return { bytes: await bodyIn(encoding), encoding };
    },
  };
}

const extensions = { br: ".br", gzip: ".gz" } as const;

async function encode(file: string, encoding: Encoding): Promise<Uint8Array> {
  try {
    return await readFile(file + extensions[encoding]);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return compress(await readFile(file), encoding);
  }
}

function compress(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  switch (encoding) {
    case "br":
      return promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality },
      });
    case "gzip":
      return promisify(gzip)(bytes);
  }
}
