import { createServer } from "vite";

/** Serves the pages of tests of media on a free port of localhost, where browsers give out devices. */
export async function serveHarness(
  page: "mesh" | "livekit",
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await createServer({
    configFile: false,
    root: new URL("../..", import.meta.url).pathname,
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    cacheDir: "../.darasa/harness-cache",
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== "object" || address === null) throw new Error("the harness has no port");
  return {
    url: `http://localhost:${address.port}/e2e/${page}/harness.html`,
    close: () => server.close(),
  };
}
