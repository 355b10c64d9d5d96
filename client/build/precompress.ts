import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const compressible = /\.(?:js|mjs|css|html|json|svg|txt|webmanifest)$/;
/** Below this many bytes the answer fits one packet anyway. */
const minBytes = 1024;
/** One step below the strongest: 2 % more bytes in a quarter of the time (measured on the board). */
const brotliQuality = 10;

/**
 * Writes `<file>.br` and `<file>.gz` beside every text asset of the build, so that
 * the server never compresses while a class waits.
 */
export function precompress(): Plugin {
  let outDir = "";
  return {
    name: "darasa:precompress",
    apply: "build",
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      for (const file of await readdir(outDir, { recursive: true })) {
        if (compressible.test(file)) await compressFile(join(outDir, file));
      }
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const source = await readFile(path);
  if (source.length < minBytes) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(source, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
        [constants.BROTLI_PARAM_SIZE_HINT]: source.length,
      },
    }),
    promisify(gzip)(source, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
