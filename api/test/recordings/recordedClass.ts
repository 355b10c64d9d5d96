import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startStandInEgress, type AskedFile, type StandInEgress } from "@darasa/database/testing";
import {
  liveKitSettings,
  signWebhook,
  startClassOn,
  type LiveKitClass,
} from "../media/liveKitApi.ts";
import { createTestApi, type TestApi } from "../testApi.ts";

/** An API whose school lets its classes be recorded, by a stand-in of Egress, to a folder of its own. */
export interface RecordingApi {
  readonly api: TestApi;
  readonly egress: StandInEgress;
  readonly folder: string;
  /** What the operator is told, a line each, from warnings on. */
  readonly log: readonly string[];
  /** Writes a file as Egress would that was asked for it. */
  readonly write: Write;
  close(): Promise<void>;
}

type Write = (file: AskedFile, bytes: string) => Promise<void>;

const writeToDisk: Write = async ({ filepath }, bytes) => {
  await mkdir(dirname(filepath), { recursive: true });
  await writeFile(filepath, bytes);
};

/** Starts it; `settings` come on top. */
export async function startRecordingApi(
  settings: Record<string, string> = {},
  write = writeToDisk,
): Promise<RecordingApi> {
  const egress = await startStandInEgress();
  const folder = await mkdtemp(join(tmpdir(), "darasa-recordings-"));
  const log: string[] = [];
  const api = await createTestApi(
    { ...liveKitSettings(egress.url), RECORDINGS_FOLDER: folder, ...settings },
    { level: "warn", write: (line) => log.push(line) },
  );
  const admin = await api.signIn("admin");
  await api.call("PATCH /api/school", { as: admin, body: { recordings: "allowed" } });
  return {
    api,
    egress,
    folder,
    log,
    write,
    async close() {
      egress.close();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What became of a file, as Egress would tell it. */
export interface Told {
  readonly status: string;
  readonly egressId?: string;
  readonly path: string;
  readonly bytes?: number;
  readonly seconds?: number;
  /** What is in it besides: why it ended, say. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** That as LiveKit writes it. */
export function egressInfo(room: string, told: Told): Record<string, unknown> {
  const { status, path, egressId = "EG_1", bytes = 0, seconds = 0 } = told;
  return {
    ...told.more,
    egressId,
    roomId: "RM_1",
    roomName: room,
    status,
    startedAt: "1790000000000000000",
    fileResults: [
      {
        filename: path,
        startedAt: "1790000000000000000",
        duration: String(seconds * 1e9),
        size: String(bytes),
        location: path,
      },
    ],
  };
}

/** Sends it as a webhook, signed with the server's key. */
export async function tellEgress(
  api: TestApi,
  live: Pick<LiveKitClass, "room">,
  told: Told & { readonly event: string; readonly id?: string },
): Promise<number> {
  // By Postgres' clock, whatever the test does to ours.
  const nowMs = Date.now();
  const body = JSON.stringify({
    event: told.event,
    egressInfo: egressInfo(live.room, told),
    id: told.id ?? `EV_${randomUUID()}`,
    createdAt: String(Math.floor(nowMs / 1000)),
  });
  const authorization = signWebhook(body, { nowMs });
  const answer = await api.call("POST /api/webhooks/livekit", {
    body,
    headers: { "content-type": "application/webhook+json", authorization },
  });
  return answer.status;
}

/** What one recording is as its teacher sees it. */
export interface Shown {
  readonly id: string;
  readonly state: string;
  readonly durationMs: number;
  readonly parts: number;
  readonly lostParts: number;
  readonly brokeOff: boolean;
  readonly bytes: number;
}

/** What there is of the class. */
export async function recordingsOf(api: TestApi, live: LiveKitClass) {
  const answer = await api.call(`GET /api/live-classes/${live.id}/recordings`, {
    as: live.teacher,
  });
  return answer.body as unknown as {
    readonly recordings: readonly Shown[];
    readonly recordable: string;
    readonly keptDays: number;
  };
}

/** Starts to record the class; gives the recording's id. */
export async function record(api: TestApi, live: LiveKitClass): Promise<string> {
  const answer = await api.call(`POST /api/live-classes/${live.id}/recordings`, {
    as: live.teacher,
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return (answer.body as unknown as { recordings: Shown[] }).recordings[0]?.id ?? "";
}

/** A class that has been recorded in one part of these bytes, which lie where Egress would have written them. */
export async function recordedClass(
  { api, egress, write }: RecordingApi,
  bytes: string,
): Promise<{ readonly live: LiveKitClass; readonly id: string; readonly path: string }> {
  const live = await startClassOn(api);
  const id = await record(api, live);
  const file = egress.files.at(-1);
  if (!file) throw new Error("Egress was asked for no file.");
  const path = file.filepath;
  const egressId = `EG_${String(egress.asked.length)}`;
  await api.call(`POST /api/live-classes/${live.id}/recordings/${id}/stop`, { as: live.teacher });
  await write(file, bytes);
  const told = { status: "EGRESS_COMPLETE", egressId, path, bytes: bytes.length, seconds: 60 };
  await tellEgress(api, live, { event: "egress_ended", ...told });
  await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
  return { live, id, path };
}
