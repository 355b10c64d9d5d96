import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { notifyControl, sql } from "@darasa/database";
import {
  asSuperuser,
  findTestProgram,
  startLiveKitServer,
  type LiveKitTestServer,
} from "@darasa/database/testing";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { createApp } from "../../src/app.ts";
import { keepMedia } from "../../src/media/keepMedia.ts";
import { reconcileRoom } from "../../src/media/livekit/reconcileRoom.ts";
import { readMediaRoomName } from "../../src/media/mediaRoomName.ts";
import { makeRoomKeeper } from "../../src/media/roomKeeper.ts";
import type { Person, TestApi } from "../testApi.ts";
import { mediaEvents, roomOf, startLiveKitClass, type LiveKitClass } from "./liveKitApi.ts";

const program = findTestProgram("livekit");
const path = "path" in program ? program.path : "";
const why = "missing" in program ? ` (${program.missing})` : "";
const patience = { timeout: 10_000, interval: 50 };

describe.skipIf(path === "")(`a real LiveKit${why}`, () => {
  let livekit: LiveKitTestServer;
  let api: TestApi;
  let live: LiveKitClass;
  let http: string;
  const door = createServer();
  const sockets: WebSocket[] = [];

  beforeAll(async () => {
    door.listen(0, "127.0.0.1");
    await once(door, "listening");
    const webhookUrl = `http://127.0.0.1:${String((door.address() as AddressInfo).port)}/api/webhooks/livekit`;
    livekit = await startLiveKitServer(path, { webhookUrl });
    ({ api, live } = await startLiveKitClass(livekit.url));
    const listener = getRequestListener(createApp(api.services).fetch);
    door.on("request", (request, response) => void listener(request, response));
    http = livekit.url.replace("ws:", "http:");
  });
  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await livekit.close();
    await api.close();
    door.close();
  });

  const reconcile = () => {
    const room = readMediaRoomName(live.room);
    return room ? reconcileRoom(api.services, room) : Promise.reject(new Error("no room"));
  };
  const tokenOf = async (as: Person): Promise<string> => {
    const answer = await api.call(`POST /api/live-classes/${live.id}/video-token`, {
      as,
      body: { provider: "livekit" },
    });
    expect(answer.status, answer.text).toBe(200);
    return (answer.body as unknown as { token: string }).token;
  };
  const validate = async (token: string) =>
    (await fetch(`${http}/rtc/validate?access_token=${token}`)).status;
  const rooms = () =>
    api.services.media.liveKit({
      url: livekit.url,
      apiKey: livekit.apiKey,
      apiSecret: api.services.config.LIVEKIT_API_SECRET ?? raise(),
    });
  const there = async () => (await rooms().list(live.room)).people;
  /** By its signalling alone somebody is in the room: listed, put out and told of. */
  const connect = async (token: string) => {
    const socket = new WebSocket(`${livekit.url}/rtc?access_token=${token}&protocol=15&sdk=js`);
    sockets.push(socket);
    await once(socket, "message");
    return socket;
  };
  const claimed = async () =>
    (await api.services.database.claimMediaClasses(45_000)).map(({ liveClassId }) => liveClassId);
  /** All that was seen is as much older. */
  const letTimePass = async (seconds: number) => {
    for (const table of ["attendance_events", "attendance_beats"]) {
      await asSuperuser(
        api.db,
        `update ${table} set at = at - make_interval(secs => $2) where live_class_id = $1`,
        [live.id, seconds],
      );
    }
  };
  const kinds = async (person: Person) =>
    (await mediaEvents(api, live.id))
      .filter(({ participantId }) => participantId === person.id)
      .map(({ kind }) => kind);

  test("takes our tokens, and none of another secret", async () => {
    const token = await tokenOf(live.student);
    expect(await validate(token)).toBe(200);
    expect(await validate(`${token.slice(0, -4)}AAAA`)).toBe(401);
  });

  test("has who is there in the register, and who has gone by its own word", async () => {
    const socket = await connect(await tokenOf(live.teacher));
    await reconcile();
    expect(await kinds(live.teacher)).toEqual(["joined"]);
    await reconcile();
    expect(await kinds(live.teacher)).toEqual(["joined"]);
    await rooms().putOut(live.room, live.teacher.id);
    await vi.waitFor(
      async () => expect(await kinds(live.teacher)).toEqual(["joined", "left"]),
      patience,
    );
    socket.terminate();
  });

  test("lets people send what the database says, from one look to the next", async () => {
    await connect(await tokenOf(live.student));
    const sources = async () => (await there()).map((person) => person.sources);
    expect(await sources()).toEqual([["microphone", "camera"]]);
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.query(
        sql.unsafe`update live_classes set sources = '{microphone}' where live_class_id = ${live.id}`,
      ),
    );
    await reconcile();
    expect(await sources()).toEqual([["microphone"]]);
  });

  test("puts out who was removed, again when they come back with a token of before", async () => {
    const token = await tokenOf(live.student);
    const first = await connect(token);
    await api.remove(live.id, live.student.id);
    const gone = once(first, "close");
    await reconcile();
    await gone;
    const refused = await api.call(`POST /api/live-classes/${live.id}/video-token`, {
      as: live.student,
      body: { provider: "livekit" },
    });
    expect([refused.status, refused.body.code]).toEqual([403, "removed"]);
    const second = await connect(token);
    const goneAgain = once(second, "close");
    await reconcile();
    await goneAgain;
    expect(await there()).toEqual([]);
  });

  test("is looked after by itself: at the word of its webhooks, and at a teacher's", async () => {
    const guest = await api.joinAsGuest(live.code);
    const kept = keepMedia(api.services);
    const socket = await connect(await tokenOf(guest));
    const gone = once(socket, "close");
    await api.remove(live.id, guest.id);
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      notifyControl(tx, {
        kind: "participantRemoved",
        schoolId: api.db.schoolId,
        roomId: api.db.rooms.mathematics.roomId,
        liveClassId: live.id,
        participantId: guest.id,
      }),
    );
    await gone;
    await kept.close();
  });

  test("is up for who has its key, whoever tries it with another", async () => {
    api.advance(11_000);
    const own = {
      url: livekit.url,
      apiKey: livekit.apiKey,
      apiSecret: api.services.config.LIVEKIT_API_SECRET ?? raise(),
    };
    const foreign = { ...own, apiKey: "what another school took for its key" };
    expect(await api.services.media.isLiveKitUp(foreign)).toBe(false);
    expect(await api.services.media.isLiveKitUp(own)).toBe(true);
  });

  test.each([-10, 10])(
    "is seen at Postgres' time, though our own clock was set by %i minutes",
    async (minutes) => {
      const socket = await connect(await tokenOf(live.teacher));
      api.advance(minutes * 60_000);
      await reconcile();
      api.advance(-minutes * 60_000);
      const [beat] = await asSuperuser<{ isnow: boolean }>(
        api.db,
        `select max(at) between now() - interval '1 minute' and now() as isnow
         from attendance_beats where live_class_id = $1`,
        [live.id],
      );
      expect(beat).toEqual({ isnow: true });
      socket.terminate();
    },
  );

  test("that is killed leaves nobody present: they left when they were last seen", async () => {
    await connect(await tokenOf(live.teacher));
    await reconcile();
    expect((await kinds(live.teacher)).at(-1)).toBe("joined");
    await livekit.kill();
    await expect(reconcile()).rejects.toThrow();
    expect((await kinds(live.teacher)).at(-1)).toBe("joined");
    await livekit.start();
    await letTimePass(15);
    const [{ at: seenAtMs } = { at: 0 }] = await asSuperuser<{ at: number }>(
      api.db,
      "select extract(epoch from max(at))::float8 * 1000 as at from attendance_beats where live_class_id = $1",
      [live.id],
    );
    await reconcile();
    const last = (await mediaEvents(api, live.id)).at(-1);
    expect(last).toMatchObject({ participantId: live.teacher.id, kind: "left" });
    expect(Math.abs((last?.atMs ?? 0) - seenAtMs)).toBeLessThan(5);
  });

  test("that is away is told as such, and what else there is is offered", async () => {
    api.advance(11_000);
    await livekit.kill();
    const refused = await api.call(`POST /api/live-classes/${live.id}/video-token`, {
      as: live.teacher,
      body: { provider: "livekit" },
    });
    expect([refused.status, refused.body.code]).toEqual([503, "video_unavailable"]);
    const choices = await api.call(`GET /api/live-classes/${live.id}/video`, { as: live.teacher });
    expect(choices.body).toEqual({
      provider: "livekit",
      choices: [
        { provider: "mesh", isUp: true, isOwn: false },
        { provider: "livekit", isUp: false, isOwn: false },
        { provider: "none", isUp: true, isOwn: false },
      ],
    });
    await livekit.start();
    // So long it is believed to be away.
    api.advance(11_000);
  });

  test("has nobody of a class that goes over to the mesh, nor who comes back with a token of before", async () => {
    const goOver = async (videoProvider: string) => {
      const changed = await api.call(`PATCH /api/live-classes/${live.id}`, {
        as: live.teacher,
        body: { videoProvider },
      });
      expect(changed.status, changed.text).toBe(200);
    };
    const leftAgo = (interval: string) =>
      api.db.database.inSchool(api.db.schoolId, (tx) =>
        tx.query(sql.typeAlias("nothing")`
          update live_classes set left_livekit_at = now() - ${interval}::interval
          where live_class_id = ${live.id}`),
      );
    const isAskedFor = async () =>
      (await api.services.database.claimMediaClasses(0)).some(
        ({ liveClassId }) => liveClassId === live.id,
      );
    const token = await tokenOf(live.teacher);
    const gone = once(await connect(token), "close");
    await reconcile();
    expect((await kinds(live.teacher)).at(-1)).toBe("joined");

    // While it does not answer the class goes over; who was there has left all the same, and it is asked on.
    await livekit.kill();
    await goOver("mesh");
    await expect(reconcile()).rejects.toThrow();
    expect((await kinds(live.teacher)).at(-1)).toBe("left");
    await gone;
    await livekit.start();
    expect(await isAskedFor()).toBe(true);

    const goneAgain = once(await connect(token), "close");
    expect(await there()).toHaveLength(1);
    await reconcile();
    await goneAgain;
    expect(await there()).toEqual([]);
    expect((await kinds(live.teacher)).at(-1)).toBe("left");

    expect(await isAskedFor()).toBe(true);
    await leftAgo("1 hour");
    await reconcile();
    expect(await isAskedFor()).toBe(false);
    await goOver("livekit");
    expect(await isAskedFor()).toBe(true);
  });

  test("ends the room of a class that is over", async () => {
    const socket = await connect(await tokenOf(live.teacher));
    const gone = once(socket, "close");
    await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
    await reconcile();
    await gone;
    expect(await there()).toEqual([]);
  });

  test("ends it again, when somebody opens it with a token of before", async () => {
    await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
    const { id: liveClassId } = await api.startClass({ videoProvider: "livekit" });
    await api.call(`POST /api/live-classes/${liveClassId}/join`, { as: live.teacher });
    live = { ...live, id: liveClassId, room: roomOf(api.db.schoolId, liveClassId) };
    const token = await tokenOf(live.teacher);
    await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
    await reconcile();
    const socket = await connect(token);
    const gone = once(socket, "close");
    expect(await claimed()).toContain(live.id);
    await reconcile();
    await gone;
  });

  test("ends it when it is there again, and gives up a day later", async () => {
    await livekit.kill();
    const room = readMediaRoomName(live.room) ?? raise();
    const endedAgo = (interval: string) =>
      api.db.database.inSchool(api.db.schoolId, (tx) =>
        tx.query(sql.typeAlias("nothing")`
          update live_classes set ended_at = now() - ${interval}::interval, media_asked_at = now()
          where live_class_id = ${live.id}`),
      );
    const fail = async () => {
      const keeper = makeRoomKeeper(api.services);
      keeper.look(room);
      await keeper.close();
    };
    await endedAgo("1 hour");
    expect(await claimed()).not.toContain(live.id);
    await fail();
    expect(await claimed()).toContain(live.id);
    await endedAgo("25 hours");
    await fail();
    expect(await claimed()).not.toContain(live.id);
  });
});

function raise(): never {
  throw new Error("not set up");
}
