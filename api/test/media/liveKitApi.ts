import { sql } from "@darasa/database";
import { asSuperuser, signLiveKitWebhook } from "@darasa/database/testing";
import type { SchoolId } from "@darasa/protocol";
import { mediaRoomName } from "../../src/media/mediaRoomName.ts";
import { createTestApi, type Person, type TestApi } from "../testApi.ts";

export const apiKey = "darasa-test";
export const apiSecret = "a secret of thirty-two bytes, or more";

/** Settings that name a LiveKit, by default one that is not there. */
export function liveKitSettings(url = "ws://127.0.0.1:9"): Record<string, string> {
  return { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret };
}

/** A class on LiveKit that runs, with people in it. */
export interface LiveKitClass {
  readonly id: string;
  readonly code: string;
  /** Its room on LiveKit. */
  readonly room: string;
  readonly teacher: Person;
  readonly student: Person;
}

/** An API that has a LiveKit, and a class on it that teacher and student have joined. */
export async function startLiveKitClass(
  url?: string,
): Promise<{ readonly api: TestApi; readonly live: LiveKitClass }> {
  const api = await createTestApi(liveKitSettings(url), { level: "error", write: () => undefined });
  return { api, live: await startClassOn(api) };
}

/** One more class on it; it runs, so the room of before must be free. */
export async function startClassOn(api: TestApi): Promise<LiveKitClass> {
  const { id, code } = await api.startClass({ videoProvider: "livekit" });
  const [teacher, student] = [await api.signIn("teacher"), await api.signIn("baraka")];
  for (const as of [teacher, student]) await api.call(`POST /api/live-classes/${id}/join`, { as });
  return { id, code, teacher, student, room: roomOf(api.db.schoolId, id) };
}

/** All of the class were let in a day ago: who tells of an hour that is over tells of people who could be there. */
export function letInEarlier(api: TestApi, liveClassId: string): Promise<unknown> {
  return asSuperuser(
    api.db,
    "update live_class_participants set admitted_at = admitted_at - interval '1 day' where live_class_id = $1",
    [liveClassId],
  );
}

/** The room of that class on a media server. */
export function roomOf(schoolId: string, liveClassId: string): string {
  return mediaRoomName({ schoolId: schoolId as SchoolId, liveClassId: liveClassId as never });
}

/** What media servers told of the class, oldest first: `joined 0`, with ms since `sinceMs`, and of whom. */
export async function mediaEvents(
  api: TestApi,
  liveClassId: string,
): Promise<readonly { participantId: string; kind: string; atMs: number }[]> {
  return api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.unsafe`
      select participant_id as "participantId", kind, at as "atMs" from attendance_events
      where live_class_id = ${liveClassId} and source = 'livekit' order by at, kind`),
  ) as Promise<readonly { participantId: string; kind: string; atMs: number }[]>;
}

interface Signing {
  readonly secret?: string;
  readonly key?: string;
  /** How old the signature is. */
  readonly ageSeconds?: number;
  /** Of what it is, when not of the body that is sent. */
  readonly signedBody?: string;
  readonly nowMs: number;
}

/** The `Authorization` of a webhook of that LiveKit, or of one that only says so. */
export function signWebhook(body: string, signing: Signing): string {
  const { secret = apiSecret, key = apiKey, ageSeconds = 0, signedBody = body, nowMs } = signing;
  const atMs = nowMs - ageSeconds * 1000;
  return signLiveKitWebhook(signedBody, { apiKey: key, apiSecret: secret, atMs });
}
