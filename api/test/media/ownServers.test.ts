import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { VideoChoices } from "../../src/media/describeVideo.ts";
import { isPublicAddress, PrivateAddressError } from "../../src/media/own/publicAddress.ts";
import { requestPublic } from "../../src/media/own/requestPublic.ts";
import { createTestApi, type Person, type TestApi } from "../testApi.ts";

const livekit = {
  url: "wss://livekit.own.example",
  apiKey: "own-key",
  apiSecret: "a secret of thirty-two bytes, or so many more",
};
const jitsi = {
  domain: "meet.own.example",
  appId: "own-app",
  signing: { kind: "secret", secret: "another secret of thirty-two bytes or more" },
  webhookSecret: "a third secret of thirty-two bytes or more",
};
const secrets = [livekit.apiSecret, jitsi.signing.secret, jitsi.webhookSecret];
const path = "/api/school/media-servers";

let api: TestApi;
let admin: Person;
beforeAll(async () => {
  api = await createTestApi({}, { level: "error", write: () => undefined });
  admin = await api.signIn("admin");
});
afterAll(() => api.close());
beforeEach(async () => {
  for (const kind of ["livekit", "jitsi"]) {
    await api.call(`DELETE ${path}/${kind}`, { as: admin });
  }
});

const put = (kind: string, body: object, on = api, as = admin) =>
  on.call(`PUT ${path}/${kind}`, { as, body });

describe("a school's own media servers", () => {
  test("are set, told without their secrets, kept when a secret is left out, and taken away", async () => {
    const answers = [
      await put("livekit", livekit),
      await put("jitsi", jitsi),
      await put("livekit", { url: "wss://other.own.example", apiKey: "own-key" }),
      await put("jitsi", { domain: jitsi.domain, appId: "other", webhookSecret: null }),
      await api.call(`GET ${path}`, { as: admin }),
    ];
    expect(answers.at(-1)?.body).toEqual({
      livekit: { url: "wss://other.own.example", apiKey: "own-key" },
      jitsi: { domain: jitsi.domain, appId: "other", signing: "secret", hasWebhookSecret: false },
      shared: { livekit: false, jitsi: false },
    });
    const { text } = await api.call("GET /api/audit", { as: admin });
    expect(text.match(/school\.mediaServerSet/g)).toHaveLength(4);
    for (const told of [...answers.map((answer) => answer.text), text]) {
      for (const secret of secrets) expect(told).not.toContain(secret);
    }
    const { id } = await api.startClass({ videoProvider: "livekit" });
    const teacher = await api.signIn("teacher");
    const { body } = await api.call(`POST /api/live-classes/${id}/join`, { as: teacher });
    expect(body.video).toMatchObject({ provider: "livekit", url: "wss://other.own.example" });
    expect(body).toMatchObject({ hasOwnPage: true });

    await api.call(`DELETE ${path}/livekit`, { as: admin });
    expect((await api.call(`DELETE ${path}/livekit`, { as: admin })).status).toBe(404);
    await api.call(`DELETE ${path}/jitsi`, { as: admin });
    const { body: left } = await api.call(`GET ${path}`, { as: admin });
    expect(left).toMatchObject({ livekit: null, jitsi: null });
    await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  });

  test.each([
    ["livekit", { ...livekit, apiSecret: "short" }],
    ["livekit", { url: livekit.url, apiKey: "no secret, and none is set" }],
    ["livekit", { ...livekit, url: "ftp://livekit.own.example" }],
    ["livekit", { ...livekit, url: "wss://*" }],
    ["livekit", { ...livekit, url: "wss://own.example;script-src" }],
    ["livekit", { ...livekit, url: "wss://user:password@own.example" }],
    ["livekit", { ...livekit, url: "ws://[..]" }],
    ["livekit", { ...livekit, url: "wss://own.example:99999" }],
    ["jitsi", { ...jitsi, domain: "*.own.example" }],
    ["jitsi", { ...jitsi, domain: "[..]" }],
    ["jitsi", { ...jitsi, signing: { kind: "keyPair", privateKey: "none", publicKey: "none" } }],
  ])("are refused when they are none: %s %o", async (kind, body) => {
    expect((await put(kind, body)).body.code).toBe("bad_request");
  });

  test("are offered to new classes, with whether they answer", async () => {
    await put("livekit", { ...livekit, url: "ws://127.0.0.1:9" });
    await api.call("PATCH /api/school", { as: admin, body: { videoProvider: "livekit" } });
    const teacher = await api.signIn("teacher");
    const { body } = await api.call("GET /api/school/video", { as: teacher });
    const { choices, ...taken } = body as unknown as VideoChoices;
    expect(taken).toEqual({ provider: "livekit" });
    expect(new Set(choices)).toEqual(
      new Set([
        { provider: "livekit", isUp: false, isOwn: true },
        { provider: "mesh", isUp: true, isOwn: false },
        { provider: "none", isUp: true, isOwn: false },
      ]),
    );
    const check = await api.call(`POST ${path}/livekit/check`, { as: admin });
    expect(check.body).toEqual({ outcome: "unreachable" });
    expect((await api.call(`POST ${path}/jitsi/check`, { as: admin })).body).toEqual({
      outcome: "notSetUp",
    });
    await api.call("PATCH /api/school", { as: admin, body: { videoProvider: "mesh" } });
  });
});

describe("the page of a class", () => {
  test("may reach the own servers of its school, and no other page may", async () => {
    const { id } = await api.startClass();
    const policyOf = async (at: string) =>
      (await api.call(`GET ${at}`)).headers.get("content-security-policy") ?? "";
    await put("livekit", livekit);
    await put("jitsi", jitsi);
    const policy = await policyOf(`/class/${id}`);
    expect(policy).toContain("wss://livekit.own.example https://livekit.own.example");
    expect(policy).toContain("frame-src https://meet.own.example");
    const { headers } = await api.call(`GET /class/${id}`);
    expect(headers.get("permissions-policy")).toContain('camera=(self "https://meet.own.example")');
    for (const other of ["/", `/class/${crypto.randomUUID()}`, `/class/${id}/x`, "/api/me"]) {
      expect(await policyOf(other), other).not.toContain("own.example");
    }
    await api.call(`POST /api/live-classes/${id}/end`, { as: await api.signIn("teacher") });
    expect(await policyOf(`/class/${id}`)).not.toContain("own.example");
  });
});

describe("in production", () => {
  let live: TestApi;
  let itsAdmin: Person;
  let inside: Server;
  const asked: string[] = [];
  const production = { NODE_ENV: "production", PUBLIC_URL: "https://darasa.example", DEMO_KEY: "" };
  const insideUrl = () => `https://127.0.0.1:${String((inside.address() as AddressInfo).port)}`;
  beforeAll(async () => {
    live = await createTestApi(production, { level: "error", write: () => undefined });
    itsAdmin = await live.signIn("admin");
    inside = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("{}");
    });
    inside.on("connection", () => asked.push("a connection"));
    await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    inside.close();
    await live.close();
  });

  test("they speak with TLS", async () => {
    const answer = await put("livekit", { ...livekit, url: "ws://own.example" }, live, itsAdmin);
    expect(answer.body.code).toBe("bad_request");
  });

  test("nobody has our server knock at a door inside", async () => {
    const named = insideUrl().replace("127.0.0.1", "localhost");
    for (const url of [insideUrl(), named]) {
      expect((await put("livekit", { ...livekit, url }, live, itsAdmin)).status).toBe(200);
      const check = await live.call(`POST ${path}/livekit/check`, { as: itsAdmin });
      expect(check.body).toEqual({ outcome: "privateAddress" });
      const { body } = await live.call("GET /api/school/video", { as: itsAdmin });
      expect(body).toMatchObject({
        choices: expect.arrayContaining([
          { provider: "livekit", isUp: false, isOwn: true },
        ]) as unknown,
      });
    }
    expect(asked).toEqual([]);
  });

  test("unless the operator allows it", async () => {
    const open = await createTestApi(
      { ...production, SCHOOL_MEDIA_PRIVATE: "true" },
      { level: "error", write: () => undefined },
    );
    const itsOwn = await open.signIn("admin");
    const url = insideUrl().replace("https", "http");
    expect((await put("livekit", { ...livekit, url }, open, itsOwn)).status).toBe(200);
    await open.call(`POST ${path}/livekit/check`, { as: itsOwn });
    expect(asked).toContain("/twirp/livekit.RoomService/ListRooms");
    await open.close();
  });

  test("a Jitsi, whose script runs in everybody's pages, is one that the operator names", async () => {
    expect((await put("jitsi", jitsi, live, itsAdmin)).body.code).toBe("forbidden");
    const trusting = await createTestApi({ ...production, SCHOOL_JITSI_DOMAINS: jitsi.domain });
    const itsOwn = await trusting.signIn("admin");
    expect((await put("jitsi", jitsi, trusting, itsOwn)).status).toBe(200);
    await trusting.close();
  });
});

describe("a public address", () => {
  test.each(["1.1.1.1", "2606:4700::1111", "172.32.0.1", "100.128.0.1"])("is %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  test.each(
    [
      "127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0".split(
        " ",
      ),
      "224.0.0.1 255.255.255.255 ::1 :: ::ffff:10.0.0.1 ::ffff:7f00:1 fe80::1 fd00::1 ff02::1".split(
        " ",
      ),
      "64:ff9b::7f00:1 2002:7f00:1:: not-an-address".split(" "),
    ].flat(),
  )("is not %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    "http://127.0.0.1:9/",
    "http://[::1]:9/",
    "http://localhost:9/",
    "http://2130706433:9/",
  ])("is asked for before %s is reached", async (url) => {
    const asking = requestPublic(new URL(url), { method: "HEAD", timeoutMs: 3_000 });
    await expect(asking).rejects.toBeInstanceOf(PrivateAddressError);
  });
});
