import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { LiveClassId, SchoolId } from "@darasa/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mediaRoomName, type MediaRoom } from "../../src/media/mediaRoomName.ts";
import { makeRoomKeeper } from "../../src/media/roomKeeper.ts";
import { createTestApi, type TestApi } from "../testApi.ts";
import { liveKitSettings } from "./liveKitApi.ts";

let api: TestApi;
/** Rooms that something was asked of, in a LiveKit that takes all questions and answers none. */
const asked: string[] = [];
const silent = createServer((request) => {
  void json(request).then((body) => asked.push((body as { room: string }).room));
});

beforeAll(async () => {
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const url = `ws://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
  api = await createTestApi(liveKitSettings(url), { level: "error", write: () => undefined });
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await api.close();
});

test("one school whose LiveKit does not answer leaves places for the others", async () => {
  const keeper = makeRoomKeeper(api.services);
  const roomOf = (schoolId: string, id: string): MediaRoom => ({
    schoolId: schoolId as SchoolId,
    liveClassId: id as LiveClassId,
  });
  const plans = Array.from({ length: 40 }, () => api.planClass({ videoProvider: "livekit" }));
  const slow = (await Promise.all(plans)).map(({ id }) => roomOf(api.db.schoolId, id));
  const teacher = await api.signInNeighbour("teacher");
  const planned = await api.call("POST /api/live-classes", {
    as: teacher,
    body: {
      roomId: api.db.neighbour.rooms.history.roomId,
      title: "History",
      startsAtMs: api.services.now(),
      videoProvider: "livekit",
    },
  });
  const other = roomOf(api.db.neighbour.schoolId, planned.body.id);
  for (const room of slow) keeper.look(room);
  keeper.look(other);
  await expect.poll(() => asked).toContain(mediaRoomName(other));
  expect(asked.filter((room) => room !== mediaRoomName(other)).length).toBeLessThanOrEqual(4);
  const closed = keeper.close();
  silent.closeAllConnections();
  await closed;
});

test("fifty who come at once have their tokens, though their LiveKit answers nobody, and others are served", async () => {
  // Fifty people are fifty allowances.
  Object.assign(api.services.limits, {
    take: () => Promise.resolve(),
    giveBack: () => Promise.resolve(),
  });
  const { id } = await api.startClass({ videoProvider: "livekit" });
  const [teacher, student] = [await api.signIn("teacher"), await api.signIn("baraka")];
  const joins = Array.from({ length: 50 }, () =>
    api.call(`POST /api/live-classes/${id}/join`, { as: student }),
  );
  const me = await api.call("GET /api/me", { as: teacher });
  const joined = await Promise.all(joins);
  expect(me.status).toBe(200);
  expect(joined.map(({ body }) => body.video.provider)).toEqual(Array(50).fill("livekit"));
  await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
});
