import { fileURLToPath } from "node:url";

/** The part of the bundler's view of the modules that the groups need. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** What more than one page may stand on: the framework, and our parts that know no page. */
const shared =
  /node_modules\/(?:solid-js|@solidjs|openapi-fetch|lucide-solid)\/|\/client\/src\/(?:ui|shell|api|theme)\/|vite\/preload-helper/;

/** The pages that people open first: home, and a class by its link. */
const firstPages = ["main.tsx", "home/HomePage.tsx", "classroom/ClassPage.tsx"].map((path) =>
  fileURLToPath(new URL(`../src/${path}`, import.meta.url)),
);

/**
 * What the first pages stand on comes in one file rather than in twenty: on a thin network a request costs more than
 * a kilobyte. What only later pages share is a second file, so that nobody waits for it who does not need it.
 */
export const shellGroups = [
  {
    name: (id: string, graph: ModuleGraph) => (isOfFirstPages(id, graph) ? "shell" : null),
    debugName: "shell",
    test: shared,
    minShareCount: 2,
    priority: 2,
  },
  { name: "parts", test: shared, minShareCount: 2, priority: 1 },
];

let reached: ReadonlySet<string> | undefined;

function isOfFirstPages(id: string, graph: ModuleGraph): boolean {
  reached ??= reachFrom(firstPages, graph);
  return reached.has(id);
}

/** These modules with all that they import, at once and not when it is wanted. */
function reachFrom(roots: readonly string[], graph: ModuleGraph): Set<string> {
  const found = new Set<string>();
  const next = [...roots];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    next.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}
