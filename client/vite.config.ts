import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";
import { precompress } from "./build/precompress.ts";
import { shellGroups } from "./build/shellGroups.ts";

/** The only React files: tldraw's own world. */
const reactIsland = /\/src\/board\/editor\//;

/** Undoes, for what the Solid plugin leaves alone, its setting that JSX stays as it is. */
function compileReactIsland(): Plugin {
  return {
    name: "darasa:react-island",
    enforce: "post",
    config: () => ({ oxc: { jsx: { runtime: "automatic", importSource: "react" } } }),
  };
}

const api = "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [solid({ exclude: [reactIsland] }), compileReactIsland(), precompress()],
  build: {
    // What each page brings along is measured by it (npm run figures).
    manifest: true,
    target: ["chrome100", "firefox102", "safari15.4"],
    // Fonts and images of the board stay files: as data: they would weigh on its first load.
    assetsInlineLimit: 2048,
    rolldownOptions: {
      output: { codeSplitting: { groups: shellGroups } },
      onLog(level, log, handle) {
        // React libraries carry "use client", which means nothing in a bundle.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
  server: {
    proxy: {
      "/api": api,
      "/config.json": api,
      "/ws": { target: api, ws: true },
      "/yjs": { target: api, ws: true },
    },
  },
});
