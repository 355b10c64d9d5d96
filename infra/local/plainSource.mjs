/**
 * For `node --import`: sources whose types `stripTypes.ts` has taken out are run as the JavaScript that they are. Node
 * would take it on itself to strip them, and keeps the compiler for that, some 24 MB in each process. Of
 * `?from=<folder>&at=<folder>` the sources of the one are read from the other; without, they are where they were.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const { searchParams } = new URL(import.meta.url);
const from = searchParams.get("from");
const at = searchParams.get("at");
const sources = from === null ? null : `${pathToFileURL(from).href}/`;

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".ts") || (sources !== null && !url.startsWith(sources))) {
      return next(url, context);
    }
    const file = sources === null ? new URL(url) : `${at}/${url.slice(sources.length)}`;
    const source = readFileSync(typeof file === "string" ? file : fileURLToPath(file), "utf8");
    return { format: "module", source, shortCircuit: true };
  },
});
