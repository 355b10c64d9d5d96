import { chmod, mkdir, readdir, rename, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signFileLink } from "../../src/recordings/fileLink.ts";
import { doWhatIsDue } from "../../src/retention/startRetention.ts";
import { startClassOn, type LiveKitClass } from "../media/liveKitApi.ts";
import type { Person, TestApi } from "../testApi.ts";
import {
  record,
  recordedClass,
  recordingsOf,
  startRecordingApi,
  type RecordingApi,
} from "./recordedClass.ts";

const dayMs = 24 * 3_600_000;
const bytes = "0123456789".repeat(1_000);

let world: RecordingApi;
let api: TestApi;
let roomId: string;
beforeAll(async () => {
  world = await startRecordingApi();
  ({ api } = world);
  ({ roomId } = api.db.rooms.mathematics);
});
afterAll(() => world.close());

interface Link {
  readonly expiresInSeconds: number;
  readonly parts: readonly { readonly url: string; readonly downloadUrl: string }[];
}

async function open(id: string, as: Person): Promise<Link> {
  const answer = await api.call(`GET /api/rooms/${roomId}/recordings/${id}/link`, { as });
  return answer.body as unknown as Link;
}

async function urlOf(id: string): Promise<string> {
  return (await open(id, await api.signIn("baraka"))).parts[0]?.url ?? "";
}

const get = (url: string, headers: Record<string, string> = {}) =>
  api.call(`GET ${url}`, { headers });

async function listed(): Promise<readonly string[]> {
  const answer = await api.call(`GET /api/rooms/${roomId}/recordings`, {
    as: await api.signIn("baraka"),
  });
  return (answer.body as unknown as { recordings: { id: string }[] }).recordings.map(
    ({ id }) => id,
  );
}

describe("a link to a file on disk", () => {
  test("opens it without a token of the person, whole or in parts, and nothing runs in it", async () => {
    const { id } = await recordedClass(world, bytes);
    const url = await urlOf(id);
    const whole = await get(url);
    expect([whole.status, whole.text === bytes]).toEqual([200, true]);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "video/mp4",
      "accept-ranges": "bytes",
      "content-length": "10000",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      "content-security-policy": "default-src 'none'; media-src 'self'; sandbox",
    });
    expect(whole.headers.get("content-disposition")).toMatch(/^inline; filename="Algebra /);
    const part = await get(url, { range: "bytes=5-9" });
    expect([part.status, part.text, part.headers.get("content-range")]).toEqual([
      206,
      "56789",
      "bytes 5-9/10000",
    ]);
    const outside = await get(url, { range: "bytes=10000-" });
    expect([outside.status, outside.headers.get("content-range")]).toEqual([416, "bytes */10000"]);
  });

  test("that is for keeping says so", async () => {
    const { id } = await recordedClass(world, bytes);
    const { downloadUrl = "" } = (await open(id, await api.signIn("baraka"))).parts[0] ?? {};
    expect((await get(downloadUrl)).headers.get("content-disposition")).toMatch(/^attachment; /);
  });

  test("is good for 15 minutes, and no longer", async () => {
    const { id } = await recordedClass(world, bytes);
    const { expiresInSeconds } = await open(id, await api.signIn("baraka"));
    expect(expiresInSeconds).toBe(900);
    const url = await urlOf(id);
    api.advance(899_000);
    expect((await get(url)).status).toBe(200);
    api.advance(1_000);
    expect((await get(url)).status).toBe(410);
  });

  test("that is altered, another's, or signed for something else opens nothing", async () => {
    const { id } = await recordedClass(world, bytes);
    const url = await urlOf(id);
    const { config } = api.services;
    const claims = { schoolId: api.db.schoolId, recordingId: id, partNo: 1 };
    const expiresAt = Math.floor(api.services.now() / 1000) + 60;
    const stranger = await new SignJWT({ ...claims, name: "x", as: "inline" })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer("darasa")
      .setAudience("darasa-recording")
      .setExpirationTime(expiresAt)
      .sign(new Uint8Array(32));
    const wish = { name: "x", as: "inline" } as const;
    const outside = { ...claims, ...wish, recordingId: "../../../../etc/passwd" };
    const escaping = await signFileLink(config, outside, expiresAt);
    for (const token of [`${url.split("/").at(-1) ?? ""}x`, stranger, escaping]) {
      expect((await get(`/api/recording-files/${token}`)).status).toBe(410);
    }
  });

  test("does not follow a link that somebody has put in the place of a file", async () => {
    const { id } = await recordedClass(world, bytes);
    const own = join(world.folder, api.db.schoolId, id);
    await symlink("/etc/hostname", join(own, "2.mp4"));
    const claims = { schoolId: api.db.schoolId, recordingId: id, partNo: 2 };
    const wish = { name: "x", as: "inline" } as const;
    const expiresAt = Math.floor(api.services.now() / 1000) + 60;
    const token = await signFileLink(api.services.config, { ...claims, ...wish }, expiresAt);
    expect((await get(`/api/recording-files/${token}`)).status).toBe(404);
  });

  test("is for members of the room, and who asked is in the log", async () => {
    const { id, live } = await recordedClass(world, bytes);
    const answer = await api.call(`GET /api/rooms/${roomId}/recordings/${id}/link`, {
      as: await api.signInNeighbour("teacher"),
    });
    expect(answer.status).toBe(404);
    await open(id, live.student);
    const log = await api.call("GET /api/audit?action=recording.opened", {
      as: await api.signIn("admin"),
    });
    expect(log.body.events[0]).toMatchObject({ actor: { id: live.student.id } });
  });
});

describe("the folder of a recording", () => {
  const end = ({ id, teacher }: LiveKitClass) =>
    api.call(`POST /api/live-classes/${id}/end`, { as: teacher });

  test("is ours to delete from, and whoever may write where all are may write into it", async () => {
    const { mode } = await stat(world.folder);
    await chmod(world.folder, 0o773);
    const live = await startClassOn(api);
    try {
      const id = await record(api, live);
      const own = await stat(join(world.folder, api.db.schoolId, id));
      expect([own.mode & 0o777, own.uid]).toEqual([0o777, process.getuid?.()]);
    } finally {
      await chmod(world.folder, mode);
      await end(live);
    }
  });

  test("that cannot be made is told before anything is recorded, and why to the operator", async () => {
    const live = await startClassOn(api);
    const away = `${world.folder}-away`;
    const asked = [...world.egress.asked];
    await rename(world.folder, away);
    try {
      const answer = await api.call(`POST /api/live-classes/${live.id}/recordings`, {
        as: live.teacher,
      });
      expect([answer.status, answer.body.code]).toEqual([503, "recording_unavailable"]);
    } finally {
      await rename(away, world.folder);
    }
    expect(world.egress.asked).toEqual(asked);
    expect((await recordingsOf(api, live)).recordings).toEqual([]);
    await end(live);
    expect(world.log.join("")).toContain("ENOENT");
  });
});

describe("a recording goes with its files", () => {
  const inFolder = () => readdir(join(world.folder, api.db.schoolId)).catch((): string[] => []);

  test("when a teacher deletes it: its link opens nothing any more", async () => {
    const { id, live } = await recordedClass(world, bytes);
    const url = await urlOf(id);
    const remove = (as: Person) => api.call(`DELETE /api/rooms/${roomId}/recordings/${id}`, { as });
    expect((await remove(live.student)).status).toBe(403);
    expect((await remove(live.teacher)).status).toBe(204);
    expect((await get(url)).status).toBe(404);
    expect(await inFolder()).not.toContain(id);
    expect(await listed()).not.toContain(id);
  });

  test("but not while it is being made", async () => {
    const live = await startClassOn(api);
    const id = await record(api, live);
    const remove = () =>
      api.call(`DELETE /api/rooms/${roomId}/recordings/${id}`, { as: live.teacher });
    expect((await remove()).status).toBe(409);
    await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
    expect((await remove()).status).toBe(409);
    await asSuperuser(
      api.db,
      "update recording_parts set state = 'failed' where state = 'starting'",
    );
    expect((await remove()).status).toBe(204);
  });

  test("when its time is over, and the younger ones stay", async () => {
    const { id: old } = await recordedClass(world, bytes);
    const { id: young } = await recordedClass(world, bytes);
    await asSuperuser(
      api.db,
      `update recordings set stopped_at = now() - interval '91 days' where recording_id = '${old}'`,
    );
    api.advance(dayMs);
    await doWhatIsDue(api.services);
    expect(await listed()).not.toContain(old);
    expect(await listed()).toContain(young);
    expect(await inFolder()).not.toContain(old);
  });

  test("when its time is over, also in a room that is archived, where nobody opens it any more", async () => {
    const { id, live } = await recordedClass(world, bytes);
    const url = await urlOf(id);
    expect((await api.call(`DELETE /api/rooms/${roomId}`, { as: live.teacher })).status).toBe(204);
    const link = await api.call(`GET /api/rooms/${roomId}/recordings/${id}/link`, {
      as: live.teacher,
    });
    expect(link.status).toBe(404);
    await asSuperuser(
      api.db,
      `update recordings set stopped_at = now() - interval '91 days' where recording_id = '${id}'`,
    );
    expect(await inFolder()).toContain(id);
    api.advance(dayMs);
    await doWhatIsDue(api.services);
    expect(await inFolder()).not.toContain(id);
    expect((await get(url)).status).not.toBe(200);
    await asSuperuser(api.db, `update rooms set archived_at = null where room_id = '${roomId}'`);
  });

  test("when somebody is erased who was in the class, and no other", async () => {
    const { id: without } = await recordedClass(world, bytes);
    const { id: withGuest, live } = await recordedClass(world, bytes);
    const guestId = "0190aaaa-0000-7000-8000-000000000001";
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.query(sql.typeAlias("nothing")`
        insert into live_class_participants
          (school_id, live_class_id, participant_id, name, role, admitted_at)
        values (app_school_id(), ${live.id}, ${guestId}, 'Zawadi', 'guest', now())`),
    );
    const erased = await api.call(
      `POST /api/live-classes/${live.id}/participants/${guestId}/erase`,
      { as: await api.signIn("admin"), body: { confirm: "Zawadi" } },
    );
    expect(erased.status, erased.text).toBe(204);
    await doWhatIsDue(api.services);
    expect(await listed()).not.toContain(withGuest);
    expect(await listed()).toContain(without);
    expect(await inFolder()).not.toContain(withGuest);
  });
});

test("a file that is not there is not found", async () => {
  const { id } = await recordedClass(world, bytes);
  const url = await urlOf(id);
  await mkdir(join(world.folder, "elsewhere"), { recursive: true });
  await writeFile(join(world.folder, "elsewhere", "1.mp4"), "x");
  await asSuperuser(api.db, `update recording_parts set part_no = 7 where recording_id = '${id}'`);
  expect((await get(url)).status).toBe(200);
  expect((await get(await urlOf(id))).status).toBe(404);
});
