import { sql, type SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Services } from "../../services.ts";
import { readDatabaseTime } from "../../attendance/readDatabaseTime.ts";
import { logFate } from "../../recordings/logFate.ts";
import { takeEgress } from "../../recordings/takeEgress.ts";
import { closeStays, isFirstWebhook, storeStays } from "../mediaAttendance.ts";
import { readMediaRoomName, type MediaRoom } from "../mediaRoomName.ts";
import { loadMediaServers, sharedMediaServers, type LiveKitServer } from "../mediaServers.ts";
import { mediaSessionId } from "../mediaSessionId.ts";
import { isOfLiveKit, type SignedWebhook } from "./verifyWebhook.ts";
import { decodeLiveKitEvent, isOfUse, readStay, type LiveKitEvent } from "./webhookEvent.ts";

/**
 * Takes what a LiveKit tells of a class into its attendance and its recordings, once, and has the room looked at when somebody came. The
 * LiveKit of the school that the room's name says must have signed it. What tells of no class of ours changes nothing.
 * @throws DarasaError unauthenticated for what is unsigned, altered, old or another's
 */
export async function receiveLiveKitWebhook(
  services: Services,
  webhook: SignedWebhook,
): Promise<void> {
  if (webhook.authorization === undefined) throw new DarasaError("unauthenticated");
  const event = decodeLiveKitEvent(webhook.bytes);
  const room = event && readMediaRoomName(event.room.name);
  const { livekit, nowMs } = await signerOf(services, room);
  if (!livekit || !(await isOfLiveKit(livekit, webhook, nowMs))) {
    throw new DarasaError("unauthenticated");
  }
  if (!event || !room) return;
  const isNews = await services.database.inSchool(room.schoolId, (tx) => take(tx, event, room));
  if (isNews) follow(services, event, room);
}

/** What goes on after it is written down. */
function follow(services: Services, { event, egress }: LiveKitEvent, room: MediaRoom): void {
  if (event === "participant_joined" || event === "room_started") services.media.look(room);
  if (egress) logFate(services, room, egress);
}

interface Signer {
  readonly livekit: LiveKitServer | null;
  /** By which its words are young or old: Postgres' time, which nobody sets at one of the processes. */
  readonly nowMs: number;
}

/** The LiveKit that speaks of that room: its school's, and of rooms that are nobody's the shared one. */
async function signerOf(services: Services, room: MediaRoom | null): Promise<Signer> {
  if (!room) return { ...sharedMediaServers(services.config), nowMs: services.now() };
  return services.database.inSchool(room.schoolId, async (tx) => ({
    ...(await loadMediaServers(services, tx, room.schoolId)),
    nowMs: await readDatabaseTime(tx),
  }));
}

/** False for what came before or is of no use, for classes that the school does not have, and for files that go on. */
async function take(tx: SchoolTransaction, event: LiveKitEvent, room: MediaRoom): Promise<boolean> {
  if (!isOfUse(event)) return false;
  const { liveClassId } = room;
  const isOurs = await tx.exists(sql.typeAlias("nothing")`
    select from live_classes where live_class_id = ${liveClassId}`);
  if (!isOurs || !(await isFirstWebhook(tx, "livekit", event.id))) return false;
  if (event.egress) return takeEgress(tx, room, event.egress);
  const hall = {
    source: "livekit",
    liveClassId,
    holderId: mediaSessionId("livekit", event.room.sid),
  } as const;
  const told = readStay(event);
  if (told) {
    const sessionId = mediaSessionId("livekit", event.room.sid, told.participantSid);
    await storeStays(tx, hall, [{ ...told, sessionId }]);
  }
  if (event.event === "room_finished") {
    await closeStays(tx, { ...hall, except: [], begunBeforeMs: event.createdAt * 1000 + 999 });
  }
  return true;
}
