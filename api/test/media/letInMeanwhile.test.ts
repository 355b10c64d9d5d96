import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { LiveClassId, SchoolId } from "@darasa/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reconcileRoom } from "../../src/media/livekit/reconcileRoom.ts";
import { createTestApi, type TestApi } from "../testApi.ts";
import { liveKitSettings } from "./liveKitApi.ts";

let api: TestApi;
/** What LiveKit was asked for: the method, and whom it was about. */
const asked: string[] = [];
/** Everybody who is in its room. */
const there: string[] = [];
let beforeListing: () => Promise<unknown> = () => Promise.resolve();

/** A LiveKit in whose room are those who are said to be there. */
const liveKit = createServer((request, response) => {
  void answer(request).then((body) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  });
});

async function answer(request: IncomingMessage): Promise<object> {
  const method = request.url?.split("/").at(-1) ?? "";
  const { identity } = (await json(request)) as { identity?: string };
  asked.push(identity === undefined ? method : `${method} ${identity}`);
  if (method === "ListRooms") return { rooms: [{ sid: "RM_1", name: "room" }] };
  if (method !== "ListParticipants") return {};
  await beforeListing();
  const joinedAt = String(Math.floor(Date.now() / 1_000));
  const person = { state: "ACTIVE", kind: "STANDARD", joinedAt };
  return { participants: there.map((id) => ({ ...person, identity: id, sid: `PA_${id}` })) };
}

beforeAll(async () => {
  liveKit.listen(0, "127.0.0.1");
  await once(liveKit, "listening");
  const url = `ws://127.0.0.1:${String((liveKit.address() as AddressInfo).port)}`;
  api = await createTestApi(liveKitSettings(url), { level: "error", write: () => undefined });
});
afterAll(async () => {
  liveKit.closeAllConnections();
  liveKit.close();
  await api.close();
});

test("who is let in while LiveKit is being asked stays, and a stranger is put out", async () => {
  const { id } = await api.startClass({ videoProvider: "livekit" });
  const student = await api.signIn("baraka");
  beforeListing = async () => {
    const joined = await api.call(`POST /api/live-classes/${id}/join`, { as: student });
    const { participantId } = joined.body as unknown as { participantId: string };
    there.splice(0, Infinity, participantId, "a stranger");
  };
  await reconcileRoom(api.services, {
    schoolId: api.db.schoolId as SchoolId,
    liveClassId: id as LiveClassId,
  });
  expect(there).toHaveLength(2);
  expect(asked.filter((one) => one.startsWith("RemoveParticipant"))).toEqual([
    "RemoveParticipant a stranger",
  ]);
});
