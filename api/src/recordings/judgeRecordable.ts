import { sql, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import * as z from "zod";
import type { LiveClassRow } from "../liveClasses/store.ts";
import type { LiveKitEgress } from "../media/livekit/liveKitEgress.ts";
import { mediaRoomName } from "../media/mediaRoomName.ts";
import { loadMediaServers, type LiveKitServer } from "../media/mediaServers.ts";
import type { Services } from "../services.ts";
import type { Recordability } from "./recording.ts";
import type { RecordingFolder } from "./recordingFolder.ts";
import type { Storage } from "./recordingFolders.ts";

/** What a class can be recorded with. */
export interface Recorder {
  readonly server: LiveKitServer;
  readonly storage: Storage;
  readonly folder: RecordingFolder;
}

/** What it can be recorded with, or why it cannot, as far as this side knows. */
export async function loadRecorder(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, row }: { readonly schoolId: SchoolId; readonly row: LiveClassRow },
): Promise<Recorder | Exclude<Recordability, "ready">> {
  const isAllowed = await tx.exists(sql.typeAlias("nothing")`
    select from schools where recordings = 'allowed'`);
  if (!isAllowed) return "forbidden";
  const { storage } = services.recordings;
  const folder = storage && services.recordings.of(storage);
  if (!folder) return "no_storage";
  const { livekit } = await loadMediaServers(services, tx, schoolId);
  if (!livekit || row.videoProvider !== "livekit") return "no_livekit";
  // To record is to be given the keys of the storage.
  if (livekit.isOwn === true) return "own_server";
  return { server: livekit, storage, folder };
}

/** Whether that LiveKit says that it has an Egress. Never rejects. */
export async function askForEgress(
  egress: LiveKitEgress,
  room: Parameters<typeof mediaRoomName>[0],
): Promise<"ready" | "no_egress" | "unreachable"> {
  try {
    return (await egress.list(mediaRoomName(room))) === null ? "no_egress" : "ready";
  } catch {
    return "unreachable";
  }
}

/** What somebody is answered who wants to record all the same. */
export function refusalOf(why: Exclude<Recordability, "ready">): DarasaError {
  return new DarasaError(why === "forbidden" ? "recordings_forbidden" : "recording_unavailable");
}

const daysSchema = z.object({ days: z.number() });

/** How long the school keeps recordings. */
export function loadKeptDays(tx: SchoolTransaction): Promise<number> {
  return tx.oneFirst(sql.type(daysSchema)`select keep_recordings_days as days from schools`);
}
