import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { findTestProgram } from "@darasa/database/testing";
import { describe, expect, it, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";

const run = promisify(execFile);
const here = (name: string) => join(import.meta.dirname, name);

const serviceSchema = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.coerce.string()),
  volumes: z.array(z.string()).default([]),
});
const fileSchema = z.object({ services: z.record(z.string(), serviceSchema) });

const composeText = await readFile(here("compose.yaml"), "utf8");
const { services } = fileSchema.parse(parse(composeText, { merge: true }));

/** The names on the left side of a file of settings. */
const namesIn = (text: string) => [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
const wanted = new Set([...composeText.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));

async function makeEnvironment(): Promise<string> {
  const addresses = ["https://meet.example.org", "https://darasa.example.org"];
  return (await run("sh", [here("makeEnvironment.sh"), ...addresses, "a@b.example"])).stdout;
}

describe("the compose file", () => {
  it("has Jitsi's four parts, all of one release", () => {
    expect(Object.keys(services)).toEqual(["web", "prosody", "jicofo", "jvb"]);
    for (const [name, { image }] of Object.entries(services)) {
      expect(image).toBe(`ghcr.io/jitsi/${name}:stable-11146-2`);
    }
  });

  it("wants what env.example explains and makeEnvironment.sh writes, and nothing else", async () => {
    const example = namesIn(await readFile(here("env.example"), "utf8"));
    expect(new Set(example)).toEqual(wanted);
    expect(namesIn(await makeEnvironment()).toSorted()).toEqual(example.toSorted());
  });

  it("brings no password along, and every one that is made is its own", async () => {
    const example = await readFile(here("env.example"), "utf8");
    expect(example).not.toMatch(/^[A-Z_]*(?:SECRET|PASSWORD)=./m);
    const made = [await makeEnvironment(), await makeEnvironment()].join("\n");
    const secrets = [...made.matchAll(/(?:SECRET|PASSWORD)=(.*)/g)].map(([, secret]) => secret);
    expect(new Set(secrets).size).toBe(8);
    for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64}$/);
  });

  it("lets in tokens alone, and makes nobody owner but by them", () => {
    expect(services["prosody"]?.environment).toMatchObject({
      AUTH_TYPE: "jwt",
      ENABLE_AUTH: "1",
      ENABLE_GUESTS: "0",
      JWT_ALLOW_EMPTY: "0",
      XMPP_MUC_MODULES: "token_affiliation",
      WAIT_FOR_HOST_DISABLE_AUTO_OWNERS: "1",
    });
    expect(services["jicofo"]?.environment).toMatchObject({
      JICOFO_ENABLE_AUTH: "0",
      ENABLE_AUTO_OWNER: "0",
    });
  });
});

test("the toolbar's rules are added to the page's settings, and keep what its moderators' page wants", async () => {
  const config: Record<string, unknown> = { hosts: {} };
  runInNewContext(await readFile(here("web/custom-config.js"), "utf8"), { config });
  expect(config).toMatchObject({ disableInviteFunctions: true, hideLobbyButton: true });
  expect(config["toolbarButtons"]).not.toContain("hangup");
  expect(config).not.toHaveProperty("enableLobby");
});

test("makeEnvironment.sh takes addresses alone", async () => {
  const bad = ["http://meet.example.org", "https://darasa.example.org", "a@b.example"];
  await expect(run("sh", [here("makeEnvironment.sh"), ...bad])).rejects.toThrow(
    "is not an address",
  );
});

const luac = findTestProgram("luac");
test.skipIf("missing" in luac)(
  `Lua reads Prosody's settings ${"missing" in luac ? luac.missing : ""}`,
  async () => {
    if ("missing" in luac) return;
    await run(luac.path, ["-p", here("prosody/darasa.cfg.lua")]);
  },
);

const prosody = findTestProgram("prosody");
describe.skipIf("missing" in prosody)(
  `prosodyctl check config ${"missing" in prosody ? prosody.missing : ""}`,
  () => {
    it.each([
      ["finds nothing to say of our settings", "", "All checks passed"],
      ["says so where something is wrong", "\ndaemonize = true\n", "daemonize"],
    ])("%s", async (_what, more, words) => {
      if ("missing" in prosody) return;
      expect(await checkConfig(prosody.path, more)).toContain(words);
    });
  },
);

/** What Prosody says of our settings, behind the ones of a Jitsi. */
async function checkConfig(prosodyctl: string, more: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-prosody-"));
  try {
    const config = join(folder, "prosody.cfg.lua");
    await writeFile(
      config,
      `data_path = "${folder}"
      certificates = "${folder}"
      modules_enabled = { "saslauth", "disco", "tls" }
      VirtualHost "meet.jitsi"
      Component "muc.meet.jitsi" "muc"
        restrict_room_creation = true
      ${await readFile(here("prosody/darasa.cfg.lua"), "utf8")}${more}`,
    );
    const env = {
      PATH: "/usr/bin:/bin",
      DARASA_URL: "https://darasa.example.org",
      JITSI_WEBHOOK_SECRET: "a secret",
    };
    const said = await run(prosodyctl, ["--config", config, "check", "config"], { env }).catch(
      (error: unknown) => error as { stdout: string },
    );
    return said.stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
