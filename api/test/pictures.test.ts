import { crc32, deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let student: Person;
let admin: Person;

beforeAll(async () => {
  api = await createTestApi();
  const unlimited = { take: () => Promise.resolve(), giveBack: () => Promise.resolve() };
  Object.assign(api.services, { limits: unlimited });
  student = await api.signIn("baraka");
  admin = await api.signIn("admin");
});
afterAll(() => api.close());

function chunk(type: string, data: Buffer | string): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), Buffer.from(data)]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(named.length - 4, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A grey PNG with these chunks before its picture. */
function png({ width = 2, height = 2, extra = [] as Buffer[] } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const pixels = deflateSync(Buffer.alloc(Math.min(width, 64) + 1));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", pixels),
    chunk("IEND", ""),
  ]);
}

function riffChunk(type: string, data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, "latin1");
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2)]);
}

function webp(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from("WEBP"), ...chunks]);
  return riffChunk("RIFF", body);
}

const lossless = (width: number, height: number) => {
  const data = Buffer.alloc(6);
  data[0] = 0x2f;
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return riffChunk("VP8L", data);
};
const lossy = (width: number, height: number) => {
  const data = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return riffChunk("VP8 ", data);
};
const canvas = (width: number, height: number) => {
  const data = Buffer.alloc(10);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return riffChunk("VP8X", data);
};

const put = (path: string, body: Buffer | string, { as = student, type = "image/png" } = {}) =>
  api.call(`PUT ${path}`, {
    as,
    body: typeof body === "string" ? body : new Uint8Array(body),
    headers: { "content-type": type },
  });

describe("what is taken", () => {
  test.each([
    ["a PNG", png()],
    ["a PNG at the limit", png({ width: 1024, height: 1024 })],
    [
      "a PNG with colours",
      png({ extra: [chunk("gAMA", Buffer.alloc(4)), chunk("pHYs", Buffer.alloc(9))] }),
    ],
    ["a lossless WebP", webp(lossless(3, 4))],
    ["a lossy WebP", webp(lossy(1024, 1))],
    ["a WebP with a canvas", webp(canvas(3, 4), riffChunk("ALPH", Buffer.alloc(3)), lossy(3, 4))],
  ])("%s", async (_what, bytes) => {
    const set = await put("/api/me/picture", bytes);
    expect(set.status, set.text).toBe(200);
    const me = await api.call("GET /api/me", { as: student });
    expect(JSON.parse(me.text)).toMatchObject({ picture: set.body.id });
  });
});

describe("what is refused", () => {
  const exif = chunk("eXIf", "MM\0*GPS");
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const cut = png().subarray(0, -4);
  const damaged = Buffer.from(png());
  damaged[20] = 0xff;
  test.each<[string, Buffer | string, number, string?]>([
    ["an SVG that says so", svg, 422, "image/svg+xml"],
    ["an SVG that says PNG", svg, 422],
    ["a page that says WebP", "<!doctype html><script>alert(1)</script>", 422, "image/webp"],
    ["a JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]), 422],
    ["a GIF", Buffer.from("GIF89a\x01\0\x01\0", "latin1"), 422],
    ["nothing", Buffer.alloc(0), 422],
    ["the signature alone", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), 422],
    ["a PNG with a place in it", png({ extra: [exif] }), 422],
    ["a PNG with XMP", png({ extra: [chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x/>")] }), 422],
    ["a PNG with a text", png({ extra: [chunk("tEXt", "Comment\0<script>")] }), 422],
    ["an animation", png({ extra: [chunk("acTL", Buffer.alloc(8))] }), 422],
    ["a PNG with a page behind it", Buffer.concat([png(), Buffer.from("<script>")]), 422],
    ["a PNG that is cut off", cut, 422],
    ["a damaged PNG", damaged, 422],
    ["a PNG too wide", png({ width: 1025 }), 422],
    ["a PNG of no height", png({ height: 0 }), 422],
    ["a WebP with EXIF", webp(canvas(2, 2), lossless(2, 2), riffChunk("EXIF", exif)), 422],
    ["a WebP with XMP", webp(canvas(2, 2), lossless(2, 2), riffChunk("XMP ", exif)), 422],
    ["an animated WebP", webp(canvas(2, 2), riffChunk("ANIM", Buffer.alloc(6))), 422],
    ["a WebP without a picture", webp(canvas(2, 2)), 422],
    [
      "a WebP with a page behind it",
      Buffer.concat([webp(lossless(2, 2)), Buffer.from("<b>")]),
      422,
    ],
    ["a WebP larger than its canvas", webp(canvas(2, 2), lossless(2000, 2)), 422],
    ["a WebP too high", webp(lossy(1, 1025)), 422],
    ["more than 256 KiB", Buffer.alloc(256 * 1024 + 1), 413],
  ])("%s", async (_what, bytes, status, type = "image/png") => {
    const before = await api.call("GET /api/me", { as: student });
    const answer = await put("/api/me/picture", bytes, { type });
    expect(answer.status, answer.text).toBe(status);
    const after = await api.call("GET /api/me", { as: student });
    expect(after.text).toBe(before.text);
  });
});

describe("a picture", () => {
  test("is shown to the people of the school, as nothing but a picture", async () => {
    const bytes = png();
    const { id } = (await put("/api/me/picture", bytes, { type: "image/webp" })).body;
    const shown = await api.call(`GET /api/pictures/${id}`, { as: admin });
    expect(shown.status).toBe(200);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      // By its first bytes, whatever it was sent as.
      "content-type": "image/png",
      "content-disposition": 'inline; filename="picture.png"',
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    const stranger = await api.signInNeighbour("teacher");
    expect((await api.call(`GET /api/pictures/${id}`, { as: stranger })).status).toBe(404);
    expect((await api.call(`GET /api/pictures/${id}`)).status).toBe(401);
  });

  test("takes the place of the last one, which is gone, and can be taken away", async () => {
    const first = (await put("/api/me/picture", png())).body.id;
    const second = (await put("/api/me/picture", webp(lossless(2, 2)))).body.id;
    expect((await api.call(`GET /api/pictures/${first}`, { as: student })).status).toBe(404);
    expect((await api.call(`GET /api/pictures/${second}`, { as: student })).status).toBe(200);
    expect((await api.call("DELETE /api/me/picture", { as: student })).status).toBe(204);
    expect((await api.call("DELETE /api/me/picture", { as: student })).status).toBe(204);
    expect((await api.call(`GET /api/pictures/${second}`, { as: student })).status).toBe(404);
    const me = await api.call("GET /api/me", { as: student });
    expect(JSON.parse(me.text)).toMatchObject({ picture: null });
  });

  test("two uploads at the same time leave one picture", async () => {
    const both = await Promise.all(
      [png(), png({ width: 3 })].map((it) => put("/api/me/picture", it)),
    );
    const shown = await Promise.all(
      both.map(({ body }) => api.call(`GET /api/pictures/${body.id}`, { as: student })),
    );
    expect(shown.map(({ status }) => status).toSorted()).toEqual([200, 404]);
  });
});

describe("a logo", () => {
  test("is set by those who run the school and shown to anybody, with a note in the audit log", async () => {
    expect((await api.call("GET /api/schools/demo/logo")).status).toBe(404);
    expect((await put("/api/school/logo", png(), { as: student })).status).toBe(403);
    const { id } = (await put("/api/school/logo", png(), { as: admin })).body;
    const shown = await api.call("GET /api/schools/demo/logo");
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(shown.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    const school = await api.call("GET /api/schools/demo");
    expect(JSON.parse(school.text)).toMatchObject({ slug: "demo", logo: id });
    expect((await api.call("DELETE /api/school/logo", { as: admin })).status).toBe(204);
    expect((await api.call("GET /api/schools/demo/logo")).status).toBe(404);
    const audit = await api.call("GET /api/audit?action=school.logoChanged", { as: admin });
    expect((JSON.parse(audit.text) as { events: unknown[] }).events).toHaveLength(2);
  });

  test("of a school that does not exist is not found", async () => {
    expect((await api.call("GET /api/schools/nowhere/logo")).status).toBe(404);
    expect((await api.call("GET /api/schools/nowhere")).status).toBe(404);
  });
});
