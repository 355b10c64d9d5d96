/** The arrows of the architecture: what may import what. @type {import('dependency-cruiser').IConfiguration} */
const forbid = (name, comment, arrow) => ({ name, severity: "error", comment, ...arrow });
const test = "\\.(test|contract)\\.tsx?$";

/** realtime's spine imports to its right; a domain imports neither the spine nor another domain. */
const spine = ["transport", "session", "dispatch"];
const domains = [
  "chat",
  "presence",
  "classroom",
  "ephemeral",
  "signalling",
  "board",
  "attendance",
  "pulse",
];
const src = (names) => `^realtime/src/(${names.join("|")})/`;

export default {
  forbidden: [
    forbid("no-cycles", "A cycle means that two files are one.", {
      from: {},
      to: { circular: true },
    }),
    forbid("protocol-is-a-leaf", "The protocol imports nothing of ours.", {
      from: { path: "^realtime/protocol/" },
      to: { path: "^(realtime/src|api|client|load-tests|infra)/" },
    }),
    forbid("database-is-a-leaf", "The schema is the contract; it knows no program.", {
      from: { path: "^infra/database/", pathNot: test },
      to: { path: "^(realtime/(src|test)|api|client|load-tests|infra/local)/" },
    }),
    forbid(
      "servers-never-import-each-other",
      "realtime and api meet through Postgres, Redis and signed tickets.",
      { from: { path: "^realtime/(src|test)/" }, to: { path: "^(api|client|load-tests)/" } },
    ),
    forbid(
      "api-stands-alone",
      "realtime and api meet through Postgres, Redis and signed tickets.",
      { from: { path: "^api/" }, to: { path: "^(realtime/src|client|load-tests)/" } },
    ),
    forbid(
      "client-never-imports-a-server",
      "The client knows the protocol and the HTTP API, never a server's source.",
      { from: { path: "^client/src/" }, to: { path: "^(realtime/src|api|infra|load-tests)/" } },
    ),
    forbid("transport-imports-no-domain", "Bytes know nothing of meaning.", {
      from: { path: "^realtime/src/transport/", pathNot: test },
      to: { path: src([...domains, "session", "dispatch"]) },
    }),
    forbid(
      "nodes-know-no-domain",
      "Nodes carry what domains say; they know neither them nor sockets.",
      {
        from: { path: "^realtime/src/nodes/", pathNot: test },
        to: { path: src([...spine, ...domains]) },
      },
    ),
    forbid("session-imports-to-its-right", "The spine imports to its right.", {
      from: { path: "^realtime/src/session/", pathNot: test },
      to: { path: src(["transport", ...domains]) },
    }),
    forbid("domains-never-import-the-spine", "A domain knows no socket.", {
      from: { path: src(domains), pathNot: test },
      to: { path: src(spine) },
    }),
    ...domains.map((domain) =>
      forbid(`${domain}-imports-no-other-domain`, "What two domains share moves into room/.", {
        from: { path: `^realtime/src/${domain}/`, pathNot: test },
        to: { path: src(domains.filter((other) => other !== domain)) },
      }),
    ),
    forbid(
      "react-stays-on-its-island",
      "Everything else is Solid; the board's code loads lazily.",
      {
        from: { path: "^client/src/", pathNot: "^client/src/board/editor/" },
        to: { path: "node_modules/(react|react-dom|tldraw|@tldraw)/" },
      },
    ),
    forbid("yjs-stays-in-the-worker", "The main loop of a gateway would hold it for nothing.", {
      from: { path: "^realtime/src/", pathNot: [test, "^realtime/src/board/worker/"] },
      to: {
        path: "(node_modules/(yjs|y-protocols|@hocuspocus)/|^realtime/protocol/src/board/index)",
      },
    }),
    forbid("no-dev-dependency-in-production", "It would be missing after npm ci --omit=dev.", {
      from: { path: "^(api|realtime|infra/database)/src/", pathNot: [test, "/test/"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    }),
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
