import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadConfig as loadApiConfig, settingNames as apiNames } from "../../api/src/config.ts";
import { makeRecordingFolders } from "../../api/src/recordings/recordingFolders.ts";
import {
  loadConfig as loadRealtimeConfig,
  settingNames as realtimeNames,
} from "../../realtime/src/config.ts";
import { gatewayNodeOptions } from "../local/gatewayNodeOptions.ts";
import { findVariables, loadComposeFile } from "./composeFile.ts";
import { makeEnvironment, printEnvironment } from "./makeEnvironment.ts";

const environment = makeEnvironment("https://darasa.example.org", 0);

test("api and the gateways take the settings that the file gives them, in production", async () => {
  const { services } = await loadComposeFile(environment);
  const api = loadApiConfig(services["api"]?.environment);
  expect(api).toMatchObject({ NODE_ENV: "production", PUBLIC_URL: "https://darasa.example.org" });
  for (const name of ["realtime-1", "realtime-2"]) {
    const config = loadRealtimeConfig(services[name]?.environment);
    expect(config).toMatchObject({ NODE_ENV: "production", HOST: "0.0.0.0", REALTIME_PORT: 3001 });
  }
});

test("the gateways run with Node's options for gateways, and without a compiler", async () => {
  const { services } = await loadComposeFile(environment);
  const plain = ["--import", "./infra/local/plainSource.mjs"];
  const command = ["node", ...gatewayNodeOptions, ...plain, "realtime/src/main.ts"].join(" ");
  for (const name of ["realtime-1", "realtime-2"]) expect(services[name]?.command).toBe(command);
});

test("no setting is misspelt", async () => {
  const { services } = await loadComposeFile(environment);
  const names = (service: string) => Object.keys(services[service]?.environment ?? {});
  expect(names("api").filter((name) => !apiNames.includes(name))).toEqual([]);
  expect(names("realtime-1").filter((name) => !realtimeNames.includes(name))).toEqual([]);
  expect(names("realtime-2")).toEqual(names("realtime-1"));
});

test("makeEnvironment gives all that the file needs, and each secret is its own", async () => {
  const { needed } = await findVariables();
  expect(Object.keys(environment).toSorted()).toEqual([...needed].toSorted());
  const values = Object.values(makeEnvironment("https://darasa.example.org", 0));
  expect(new Set([...values, ...Object.values(environment)]).size).toBe(values.length * 2 - 1);
  expect(printEnvironment(environment)).toContain("PUBLIC_URL='https://darasa.example.org'\n");
});

describe("what records", () => {
  const liveKit = {
    LIVEKIT_URL: "wss://livekit.example.org",
    LIVEKIT_API_KEY: "darasa",
    LIVEKIT_API_SECRET: "a secret of thirty-two bytes, or more",
    LIVEKIT_REDIS: "redis:6379",
  };
  const redis = { address: "redis:6379", db: 1 };
  const load = async (given: Readonly<Record<string, string>>) => {
    const { services } = await loadComposeFile({ ...environment, ...given });
    const settingsOf = (service: string, name: string) =>
      parse(services[service]?.environment[name] ?? "") as Record<string, unknown>;
    return {
      services,
      livekit: settingsOf("livekit", "LIVEKIT_CONFIG"),
      egress: settingsOf("egress", "EGRESS_CONFIG_BODY"),
    };
  };

  test("is there when it is asked for, of one version, and meets LiveKit in Redis", async () => {
    const { services, livekit, egress } = await load(liveKit);
    expect(services["egress"]?.profiles).toEqual(["egress"]);
    expect(services["egress"]?.image).toMatch(/^livekit\/egress:v\d+\.\d+\.\d+$/);
    expect(egress).toEqual({
      api_key: liveKit.LIVEKIT_API_KEY,
      api_secret: liveKit.LIVEKIT_API_SECRET,
      ws_url: `ws://livekit:${String(livekit["port"])}`,
      insecure: true,
      disallow_local_storage: null,
      redis,
    });
    expect(livekit["redis"]).toEqual(redis);
    const [host = ""] = redis.address.split(":");
    expect(Object.keys(services)).toContain(host);
  });

  test("is not known to LiveKit where it is not asked for", async () => {
    const { livekit } = await load({});
    expect(livekit["redis"]).toEqual({ address: null, db: 1 });
  });

  test("writes where api says, by settings that the file hands on", async () => {
    const s3 = {
      RECORDINGS_S3_ENDPOINT: "https://s3.example.org",
      RECORDINGS_S3_BUCKET: "recordings",
      RECORDINGS_S3_ACCESS_KEY: "key",
      RECORDINGS_S3_SECRET_KEY: "secret",
    };
    const { services, egress } = await load({ ...liveKit, ...s3 });
    const config = loadApiConfig(services["api"]?.environment);
    expect(makeRecordingFolders(config, () => 0).storage).toBe("s3");
    expect(egress["disallow_local_storage"]).toBe(true);
  });

  test("writes to a volume that api has at the same path, where README.md and the image put it", async () => {
    const { services } = await load({ ...liveKit, RECORDINGS_FOLDER: "/recordings" });
    const { volumes = [], environment: settings } = services["api"] ?? {};
    const config = loadApiConfig(settings);
    expect(makeRecordingFolders(config, () => 0).storage).toBe("disk");
    expect(volumes).toEqual([`recordings:${config.RECORDINGS_FOLDER ?? ""}`]);
    expect(services["egress"]?.volumes).toEqual(volumes);
    const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");
    expect(await read("../../README.md")).toContain(`\nRECORDINGS_FOLDER=/recordings `);
    expect(await read("Dockerfile")).toMatch(/install -d -o node -g node -m 777 \/recordings$/m);
  });
});

test("the proxy's configuration names the gateways and the api of the file", async () => {
  const { services } = await loadComposeFile(environment);
  const upstreams = await readFile(new URL("../proxy/upstreams.conf", import.meta.url), "utf8");
  const hosts = [...upstreams.matchAll(/server ([\w-]+):(\d+)/g)].map(([, host]) => host);
  const gateways = Object.keys(services).filter((name) => name.startsWith("realtime-"));
  expect(hosts).toEqual(["api", ...gateways, ...gateways]);
});
