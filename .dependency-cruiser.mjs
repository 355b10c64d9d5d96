/** The arrows of the architecture: what may import what. @type {import('dependency-cruiser').IConfiguration} */
const forbid = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });
const test = "\\.(test|contract)\\.tsx?$";

/** realtime's spine imports to its right; a domain imports neither the spine nor another domain. */
const spine = ["transport", "session", "dispatch"];
const domains = ["chat", "presence", "classroom", "signalling", "board", "attendance"];
const src = (names) => `^realtime/src/(${names.join("|")})/`;

export default {
  forbidden: [
    forbid("no-cycles", {}, { circular: true }, "A cycle means that two files are one."),
    forbid(
      "protocol-is-a-leaf",
      { path: "^realtime/protocol/" },
      { path: "^(realtime/src|api|client|load-tests|infra)/" },
      "The protocol imports nothing of ours.",
    ),
    forbid(
      "database-is-a-leaf",
      { path: "^infra/database/", pathNot: test },
      { path: "^(realtime/(src|test)|api|client|load-tests|infra/local)/" },
      "The schema is the contract; it knows no program.",
    ),
    forbid(
      "servers-never-import-each-other",
      { path: "^realtime/(src|test)/" },
      { path: "^(api|client|load-tests)/" },
      "realtime and api meet through Postgres, Redis and signed tickets.",
    ),
    forbid(
      "api-stands-alone",
      { path: "^api/" },
      { path: "^(realtime/src|client|load-tests)/" },
      "realtime and api meet through Postgres, Redis and signed tickets.",
    ),
    forbid(
      "client-never-imports-a-server",
      { path: "^client/src/" },
      { path: "^(realtime/src|api|infra|load-tests)/" },
      "The client knows the protocol and the HTTP API, never a server's source.",
    ),
    forbid(
      "transport-imports-no-domain",
      { path: "^realtime/src/transport/", pathNot: test },
      { path: src([...domains, "session", "dispatch"]) },
      "Bytes know nothing of meaning.",
    ),
    forbid(
      "session-imports-to-its-right",
      { path: "^realtime/src/session/", pathNot: test },
      { path: src(["transport", ...domains]) },
      "The spine imports to its right.",
    ),
    forbid(
      "domains-never-import-the-spine",
      { path: src(domains), pathNot: test },
      { path: src(spine) },
      "A domain knows no socket.",
    ),
    ...domains.map((domain) =>
      forbid(
        `${domain}-imports-no-other-domain`,
        { path: `^realtime/src/${domain}/`, pathNot: test },
        { path: src(domains.filter((other) => other !== domain)) },
        "What two domains share moves into room/.",
      ),
    ),
    forbid(
      "react-stays-on-its-island",
      { path: "^client/src/", pathNot: "^client/src/board/editor/" },
      { path: "node_modules/(react|react-dom|tldraw|@tldraw)/" },
      "Everything else is Solid; the board's code loads lazily.",
    ),
    forbid(
      "no-dev-dependency-in-production",
      { path: "^(api|realtime|infra/database)/src/", pathNot: [test, "/test/"] },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
      "It would be missing after npm ci --omit=dev.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(\\.tsbuild|dist|test-output)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
