import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import { loadMediaServers } from "../media/mediaServers.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { lockRecordedClass, tellRecording } from "./classRecording.ts";
import { storeStopped } from "./store.ts";

/** Which recording of which class. */
export interface Named {
  readonly id: LiveClassId;
  readonly recordingId: string;
}

/**
 * Ends the file that is being written: `pause` lets the recording be gone on with, in another file, since Egress
 * knows no pause. When LiveKit does not answer it goes on as before.
 * @throws DarasaError not_found, forbidden, recording_unavailable, conflict when it is over, or paused already
 */
export async function endPart(
  services: Services,
  caller: UserCaller,
  { how, ...named }: Named & { readonly how: "pause" | "stop" },
): Promise<void> {
  const { schoolId } = caller;
  const inSchool = <T>(work: (tx: SchoolTransaction) => Promise<T>) =>
    services.database.inSchool(schoolId, work);
  const { egressId, server, was } = await inSchool(async (tx) => {
    await authorizeLiveClassTeacher(tx, caller, named.id);
    const { livekit } = await loadMediaServers(services, tx, schoolId);
    return { ...(await end(tx, caller, { how, ...named })), server: livekit };
  });
  // One without an id is being started: who looks after the room ends it as soon as there is one.
  if (was === "paused" || egressId === null || server === null) return;
  try {
    await services.media.egress(server).stop(egressId);
  } catch (error) {
    await inSchool((tx) => goOn(tx, caller, named));
    throw new DarasaError("recording_unavailable", { cause: error });
  }
}

async function end(
  tx: SchoolTransaction,
  caller: UserCaller,
  { id, recordingId, how }: Named & { readonly how: "pause" | "stop" },
): Promise<{ readonly egressId: string | null; readonly was: "on" | "paused" }> {
  const held = await lockRecordedClass(tx, id);
  if (held?.recordingId !== recordingId || held.recording === null) {
    throw new DarasaError("conflict");
  }
  if (how === "pause" && held.recording === "paused") throw new DarasaError("conflict");
  if (how === "stop") await storeStopped(tx, recordingId, true);
  await recordAudit(tx, {
    actor: caller,
    action: how === "pause" ? "recording.paused" : "recording.stopped",
    subject: { kind: "liveClass", id },
    details: { recordingId },
  });
  const where = { schoolId: caller.schoolId, roomId: held.roomId, liveClassId: id };
  await tellRecording(tx, where, how === "pause" ? "paused" : null);
  return { egressId: held.egressId, was: held.recording };
}

/** Nobody is told that it rests while it may not. */
async function goOn(
  tx: SchoolTransaction,
  { schoolId }: UserCaller,
  { id, recordingId }: Named,
): Promise<void> {
  const held = await lockRecordedClass(tx, id);
  if (!held?.isLive || (held.recordingId !== null && held.recordingId !== recordingId)) return;
  await storeStopped(tx, recordingId, false);
  await tellRecording(tx, { schoolId, roomId: held.roomId, liveClassId: id }, "on");
}
