import {
  asSuperuser,
  findFreePort,
  findTestProgram,
  startS3Server,
  type AskedFile,
  type S3TestServer,
} from "@darasa/database/testing";
import { AwsClient } from "aws4fetch";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import type { Log } from "../../src/log.ts";
import { makeRecordingFolders } from "../../src/recordings/recordingFolders.ts";
import { doWhatIsDue } from "../../src/retention/startRetention.ts";
import { type Person, type TestApi, testEnvironment } from "../testApi.ts";
import { recordedClass, startRecordingApi, type RecordingApi } from "./recordedClass.ts";

const program = findTestProgram("s3");
const path = "path" in program ? program.path : "";

const dayMs = 24 * 3_600_000;
const bytes = "0123456789".repeat(1_000);

describe.skipIf(path === "")("a recording in a storage that speaks S3", () => {
  let s3: S3TestServer;
  let world: RecordingApi;
  let api: TestApi;
  let roomId: string;
  beforeAll(async () => {
    s3 = await startS3Server(path);
    world = await startRecordingApi(settings(s3.endpoint, s3.secretKey), upload);
    ({ api } = world);
    ({ roomId } = api.db.rooms.mathematics);
  });
  afterAll(async () => {
    await world.close();
    await s3.close();
  });

  const settings = (endpoint: string, secretKey: string) => ({
    RECORDINGS_S3_ENDPOINT: endpoint,
    RECORDINGS_S3_BUCKET: "darasa-recordings",
    RECORDINGS_S3_ACCESS_KEY: s3.accessKey,
    RECORDINGS_S3_SECRET_KEY: secretKey,
  });

  /** The same API, with the storage as it was signed for some time ago, or as other settings have it. */
  async function apiWith({
    endpoint = s3.endpoint,
    secretKey = s3.secretKey,
    agoMs = 0,
  }: {
    readonly endpoint?: string;
    readonly secretKey?: string;
    readonly agoMs?: number;
  }) {
    const environment = await testEnvironment(api.db.appUrl);
    const config = loadConfig({ ...environment, ...settings(endpoint, secretKey) });
    const recordings = makeRecordingFolders(config, () => api.services.now() - agoMs);
    return { ...api.services, recordings };
  }

  interface Link {
    readonly expiresInSeconds: number;
    readonly parts: readonly { readonly url: string; readonly downloadUrl: string }[];
  }
  async function open(id: string, services = api.services): Promise<Link> {
    const { token } = await api.signIn("baraka");
    const headers = { authorization: `Bearer ${token}` };
    const at = `/api/rooms/${roomId}/recordings/${id}/link`;
    return (await createApp(services).request(at, { headers }, {})).json() as Promise<Link>;
  }
  const urlOf = async (id: string, services = api.services) =>
    (await open(id, services)).parts[0]?.url ?? "";
  const statusOf = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status;
  const stateOf = async (id: string) => {
    const as = await api.signIn("baraka");
    const answer = await api.call(`GET /api/rooms/${roomId}/recordings`, { as });
    const { recordings } = answer.body as unknown as {
      recordings: { id: string; state: string }[];
    };
    return recordings.find((one) => one.id === id)?.state;
  };
  const remove = (id: string, as: Person) =>
    api.call(`DELETE /api/rooms/${roomId}/recordings/${id}`, { as });

  test("is listed, and its link opens it, whole or in parts, without a token of the person", async () => {
    const { id } = await recordedClass(world, bytes);
    expect(await stateOf(id)).toBe("ready");
    const page = await api.call("GET /");
    const policy = page.headers.get("content-security-policy");
    expect(policy).toContain(`media-src 'self' blob: ${s3.endpoint};`);
    const { parts, expiresInSeconds } = await open(id);
    expect([parts.length, expiresInSeconds]).toEqual([1, 900]);
    const whole = await fetch(parts[0]?.url ?? "");
    expect([whole.status, (await whole.text()) === bytes]).toEqual([200, true]);
    expect(whole.headers.get("content-type")).toBe("video/mp4");
    expect(whole.headers.get("content-disposition")).toMatch(/^inline; filename="Algebra /);
    const part = await fetch(parts[0]?.url ?? "", { headers: { range: "bytes=5-9" } });
    expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([
      206,
      "56789",
      "bytes 5-9/10000",
    ]);
    const kept = await fetch(parts[0]?.downloadUrl ?? "");
    expect(kept.headers.get("content-disposition")).toMatch(/^attachment; filename="Algebra /);
  });

  test("is opened by a link for 15 minutes, and no longer", async () => {
    const { id } = await recordedClass(world, bytes);
    const given = async (agoMs: number) => statusOf(await urlOf(id, await apiWith({ agoMs })));
    expect(await given(840_000)).toBe(200);
    expect(await given(901_000)).toBe(403);
  });

  test("is opened by no link that was altered, and by none for anything but reading", async () => {
    const { id } = await recordedClass(world, bytes);
    const { id: other } = await recordedClass(world, bytes);
    const url = await urlOf(id);
    const altered = [
      url.replace(/X-Amz-Signature=./, (start) => `${start.slice(0, -1)}g`),
      url.replace("X-Amz-Expires=900", "X-Amz-Expires=9000"),
      url.replace(id, other),
      url.slice(0, url.indexOf("?")),
    ];
    for (const each of altered) expect([each !== url, await statusOf(each)]).toEqual([true, 403]);
    expect(await statusOf(url, { method: "DELETE" })).toBe(403);
    expect(await statusOf(url, { method: "PUT", body: "x" })).toBe(403);
    expect(await statusOf(url)).toBe(200);
  });

  test("is for members of the room", async () => {
    const { id } = await recordedClass(world, bytes);
    const neighbour = await api.signInNeighbour("teacher");
    const link = () =>
      api.call(`GET /api/rooms/${roomId}/recordings/${id}/link`, { as: neighbour });
    expect((await link()).status).toBe(404);
    expect((await remove(id, neighbour)).status).toBe(404);
    expect(await statusOf(await urlOf(id))).toBe(200);
  });

  test("goes with its file when it is deleted, and no other", async () => {
    const { id, live } = await recordedClass(world, bytes);
    const { id: other } = await recordedClass(world, bytes);
    const url = await urlOf(id);
    expect((await remove(id, live.teacher)).status).toBe(204);
    expect(await statusOf(url)).toBe(404);
    expect(await stateOf(id)).toBeUndefined();
    expect(await statusOf(await urlOf(other))).toBe(200);
  });

  const away = async () =>
    apiWith({ endpoint: `http://127.0.0.1:${String(await findFreePort())}` });
  const noting = () => {
    const noted: string[] = [];
    const log: Log = (level, message) => {
      if (level === "warn") noted.push(message);
    };
    return { noted, log };
  };

  test.each([
    ["takes another key", () => apiWith({ secretKey: "another key" })],
    ["is away", away],
  ])("stays as it is when the storage %s, and so it is told", async (_how, astray) => {
    const { id, live } = await recordedClass(world, bytes);
    const { noted, log } = noting();
    const answer = await createApp({ ...(await astray()), log }).request(
      `/api/rooms/${roomId}/recordings/${id}`,
      { method: "DELETE", headers: { authorization: `Bearer ${live.teacher.token}` } },
      {},
    );
    const { code } = (await answer.json()) as { code: string };
    expect([answer.status, code]).toEqual([503, "recordings_unreachable"]);
    expect(noted).toEqual(["a dependency is away"]);
    expect([await stateOf(id), await statusOf(await urlOf(id))]).toEqual(["ready", 200]);
  });

  test("whose time is over is deleted on another day when the storage is away", async () => {
    const { id } = await recordedClass(world, bytes);
    const url = await urlOf(id);
    await asSuperuser(
      api.db,
      `update recordings set stopped_at = now() - interval '91 days' where recording_id = '${id}'`,
    );
    const { noted, log } = noting();
    api.advance(dayMs);
    await doWhatIsDue({ ...(await away()), log });
    expect(noted).toEqual(["could not remove a recording"]);
    expect([await stateOf(id), await statusOf(url)]).toEqual(["ready", 200]);
    api.advance(dayMs);
    await doWhatIsDue(await apiWith({ agoMs: 2 * dayMs }));
    expect([await stateOf(id), await statusOf(url)]).toEqual([undefined, 404]);
  });
});

/** Puts a file where Egress was told to, with the keys that it was given. */
async function upload({ filepath, s3 }: AskedFile, bytes: string): Promise<void> {
  if (s3 === undefined) throw new Error("Egress was not told of a storage.");
  const { accessKey, secret, region, endpoint, bucket } = s3;
  const keys = { accessKeyId: accessKey, secretAccessKey: secret, region, service: "s3" };
  const url = `${endpoint}/${bucket}/${filepath}`;
  const answer = await new AwsClient(keys).fetch(url, { method: "PUT", body: bytes });
  if (!answer.ok) throw new Error(`The storage answers ${String(answer.status)}.`);
}
