import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** One file of an archive; texts are written as UTF-8. */
export interface ArchiveFile {
  readonly name: string;
  /** Written as it is: a picture has no air left. */
  readonly isCompressed?: boolean;
  readonly chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/**
 * The bytes of a zip of these files, as they come: it holds one chunk at a time and nothing of what went before.
 * Rejects when a file does.
 */
export async function* encodeZip(
  files: Iterable<ArchiveFile>,
  mtimeMs: number,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    if (chunk.length > 0) ready.push(chunk);
  });
  const encoder = new TextEncoder();
  for (const { name, isCompressed = false, chunks } of files) {
    const entry = isCompressed ? new ZipPassThrough(name) : new ZipDeflate(name);
    entry.mtime = mtimeMs;
    zip.add(entry);
    for await (const chunk of chunks) {
      entry.push(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
