import { createHash, timingSafeEqual } from "node:crypto";
import { sql, type SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Services } from "../../services.ts";
import {
  closeStays,
  isFirstWebhook,
  storeBeat,
  storeStays,
  type MediaHall,
  type MediaStay,
} from "../mediaAttendance.ts";
import { readMediaRoomName, type MediaRoom } from "../mediaRoomName.ts";
import { loadMediaServers, sharedMediaServers, type MediaServers } from "../mediaServers.ts";
import { mediaSessionId } from "../mediaSessionId.ts";
import { decodeJitsiEvent, type JitsiEvent, type JitsiEventKind } from "./webhookEvent.ts";

/** What `event_sync` sent. */
export interface JitsiWebhook {
  readonly kind: JitsiEventKind;
  readonly bytes: Uint8Array;
  /** `Bearer` and the secret, in its `Authorization` header: nothing else shows who it is. */
  readonly authorization: string | undefined;
}

/**
 * Takes what a Jitsi tells of a class into its attendance, once and in whatever order it comes. The Jitsi of the
 * school that the room's name says must show its secret. What tells of no class of ours changes nothing.
 * @throws DarasaError unauthenticated without the secret · bad_request for what is no such event
 */
export async function receiveJitsiWebhook(
  services: Services,
  { kind, bytes, authorization }: JitsiWebhook,
): Promise<void> {
  if (authorization === undefined) throw new DarasaError("unauthenticated");
  const event = decodeJitsiEvent(kind, bytes);
  const room = event && readMediaRoomName(event.roomName);
  const { jitsi } = await serversOf(services, room);
  const secret = jitsi?.webhookSecret?.reveal();
  if (secret === undefined || !isSameText(authorization, `Bearer ${secret}`)) {
    throw new DarasaError("unauthenticated");
  }
  if (!event) throw new DarasaError("bad_request");
  if (!room || event.isBreakout) return;
  await services.database.inSchool(room.schoolId, (tx) => take(tx, { event, kind, room }));
}

/** Those of the room's school, and of rooms that are nobody's the shared ones. */
async function serversOf(services: Services, room: MediaRoom | null): Promise<MediaServers> {
  const shared = sharedMediaServers(services.config);
  if (!room) return shared;
  return services.database.inSchool(room.schoolId, async (tx) => {
    const isThere = await tx.exists(sql.typeAlias("nothing")`select from schools`);
    return isThere ? loadMediaServers(services, tx, room.schoolId) : shared;
  });
}

/** In a time that does not tell how much of it was right. */
function isSameText(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

interface Told {
  readonly event: JitsiEvent;
  readonly kind: JitsiEventKind;
  readonly room: MediaRoom;
}

async function take(tx: SchoolTransaction, told: Told): Promise<void> {
  const { event, kind } = told;
  const { liveClassId } = told.room;
  const isOurs = await tx.exists(sql.typeAlias("nothing")`
    select from live_classes where live_class_id = ${liveClassId}`);
  if (!isOurs || !(await isFirstWebhook(tx, "jitsi", mediaSessionId("jitsi", event.id)))) return;
  const hall: MediaHall = {
    source: "jitsi",
    liveClassId,
    holderId: mediaSessionId("jitsi", event.roomJid),
  };
  await storeStays(tx, hall, staysOf(event));
  switch (kind) {
    case "occupant/joined":
    case "occupant/left":
      // Prosody knows of every moment who is there: a word of one is a word of all.
      return storeBeat(tx, hall, event.atMs);
    case "room/created":
      // Whoever is still thought to be there was in a room that broke down with its server.
      return closeStays(tx, { ...hall, except: [], begunBeforeMs: event.atMs });
    case "room/destroyed":
      return closeStays(tx, { ...hall, except: [], begunBeforeMs: event.atMs + 1000 });
  }
}

function staysOf({ occupancies, roomJid }: JitsiEvent): MediaStay[] {
  return occupancies.map(({ participantId, key, joinedAtMs, leftAtMs }) => ({
    participantId,
    sessionId: mediaSessionId("jitsi", roomJid, key),
    joinedAtMs,
    seenAtMs: leftAtMs ?? joinedAtMs,
    hasLeft: leftAtMs !== null,
  }));
}
