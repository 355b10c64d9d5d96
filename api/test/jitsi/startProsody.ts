import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import {
  answersWell,
  findFreePort,
  startTestServer,
  testProgramPath,
  type TestServer,
} from "@darasa/database/testing";
import {
  domains,
  loadProsodyEnvironment,
  prosodySettings,
  type ProsodyEnvironment,
} from "./prosodySettings.ts";
import type { Focus } from "./prosodyDoor.ts";
import type { XmppPlace } from "./xmppClient.ts";

/** A Prosody of a test's own, with Jitsi's plugins and our settings. */
export interface TestProsody {
  readonly place: XmppPlace;
  /** Who opens its rooms. */
  readonly focus: Focus;
  readonly server: TestServer;
  close(): Promise<void>;
}

/** The folders of Jitsi's plugins that the environment names; null: none. `jitsi/README.md` says where they are had. */
export function namedPlugins(environment: NodeJS.ProcessEnv): readonly string[] | null {
  const { JITSI_PLUGINS: folders } = environment;
  return folders ? folders.split(delimiter) : null;
}

/**
 * Starts one as `jitsi/compose.yaml` sets it up with that `.env`; `more` is told beside.
 *
 * @throws Error with what it printed when it does not come up
 */
export async function startProsody(
  plugins: readonly string[],
  dotEnv: ProsodyEnvironment,
  more: ProsodyEnvironment = {},
): Promise<TestProsody> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-prosody-"));
  const port = await findFreePort();
  const environment = { ...(await loadProsodyEnvironment(dotEnv)), ...more };
  const file = join(folder, "prosody.cfg.lua");
  await writeFile(file, await prosodySettings(environment, { folder, port, plugins }));
  const focus = { user: "focus", domain: domains.staff, password: "of the focus" };
  await writeAccount(folder, focus);
  const server = await startTestServer({
    title: "Prosody",
    command: join(dirname(process.env["PROSODYCTL_PATH"] ?? testProgramPath("prosody")), "prosody"),
    args: ["-F", "--config", file],
    options: { env: { ...process.env, ...environment } },
    isReady: () => answersWell(`http://127.0.0.1:${String(port)}/xmpp-websocket`),
  });
  return {
    place: {
      url: `ws://127.0.0.1:${String(port)}/xmpp-websocket`,
      domain: domains.people,
      mucDomain: domains.rooms,
    },
    focus,
    server,
    async close() {
      await server.end("SIGTERM");
      await rm(folder, { recursive: true });
    },
  };
}

/** As Prosody's own storage has it. */
async function writeAccount(folder: string, { user, domain, password }: Focus): Promise<void> {
  const accounts = join(folder, "data", domain.replaceAll(".", "%2e"), "accounts");
  await mkdir(accounts, { recursive: true });
  await writeFile(
    join(accounts, `${user}.dat`),
    `return { ["password"] = ${JSON.stringify(password)} };`,
  );
}
