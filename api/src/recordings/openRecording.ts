import { recordAudit } from "@darasa/database";
import { DarasaError, type RoomId } from "@darasa/protocol";
import { authorizeReader } from "../rooms/authorizeRoom.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Recording, RecordingLink } from "./recording.ts";
import { loadParts, loadRecording, type PartRow } from "./store.ts";

/** How long a link opens a file. */
export const linkLifeSeconds = 15 * 60;

/** Which recording of which room. */
export interface RoomRecording {
  readonly roomId: RoomId;
  readonly recordingId: string;
}

/**
 * Addresses of the recording's files that are good for 15 minutes, for members of the room; who asked is kept.
 * @throws DarasaError not_found, removed, conflict while nothing of it is whole, recordings_unreachable when its storage
 * is not set up any more
 */
export async function openRecording(
  services: Services,
  caller: UserCaller,
  which: RoomRecording,
): Promise<RecordingLink> {
  const { recording, parts } = await services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeReader(tx, caller, which.roomId);
    const found = await loadRecording(tx, which);
    if (!found) throw new DarasaError("not_found");
    const stored = (await loadParts(tx, found.id)).filter(({ state }) => state === "stored");
    if (stored.length === 0) throw new DarasaError("conflict");
    await recordAudit(tx, {
      actor: caller,
      action: "recording.opened",
      subject: { kind: "liveClass", id: found.liveClassId },
      details: { recordingId: found.id },
    });
    return { recording: found, parts: stored };
  });
  const { schoolId } = caller;
  return {
    expiresInSeconds: linkLifeSeconds,
    parts: await Promise.all(
      parts.map((part) => linkPart(services, { schoolId, recording, part })),
    ),
  };
}

async function linkPart(
  services: Services,
  of: { readonly schoolId: string; readonly recording: Recording; readonly part: PartRow },
): Promise<RecordingLink["parts"][number]> {
  const { schoolId, recording, part } = of;
  const { partNo } = part;
  const folder = services.recordings.of(part.storage);
  if (!folder) throw new DarasaError("recordings_unreachable");
  const file = { schoolId, recordingId: recording.id, partNo };
  const day = new Date(recording.startedAtMs).toISOString().slice(0, 10);
  const name = `${recording.title} ${day} ${String(partNo)}.mp4`;
  const wish = { name, expiresInSeconds: linkLifeSeconds };
  return {
    no: partNo,
    durationMs: part.durationMs ?? 0,
    bytes: part.bytes ?? 0,
    url: await folder.link(file, { ...wish, as: "inline" }),
    downloadUrl: await folder.link(file, { ...wish, as: "attachment" }),
  };
}
