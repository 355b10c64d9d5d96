import { sql } from "@darasa/database";
import type { Services } from "../../services.ts";
import { askAgain } from "../askAgain.ts";
import { closeStays, storeBeat, storeStays, youngStayMs } from "../mediaAttendance.ts";
import { mediaRoomName, type MediaRoom } from "../mediaRoomName.ts";
import { mediaSessionId } from "../mediaSessionId.ts";
import { mediaTokenLifetimeSeconds } from "../video.ts";
import type { LiveKitPerson, LiveKitRoom, LiveKitRooms } from "./liveKitRooms.ts";
import { loadHall, type Hall } from "./loadHall.ts";
import { planRoom, type RoomPlan, type Seats } from "./planRoom.ts";

/** As long as a token of before lets somebody in, and the room is there again: its life, LiveKit's leeway, and a look. */
const tokensOutliveMs = (mediaTokenLifetimeSeconds + 60 + 60) * 1000;

/**
 * Makes the class's room on LiveKit what the database says, and the attendance what LiveKit says: who may not be there
 * is put out, what everybody may send follows, who is there is written down, and who is not has left when they were
 * last seen. Where no class of ours is held through it, everybody has left, and its room ends, and again while tokens of
 * before are good. May be called at any time and by several processes at once. Rejects when LiveKit or the database does not answer, and leaves the rest to the next time.
 */
export async function reconcileRoom(services: Services, room: MediaRoom): Promise<void> {
  const hall = await loadHall(services, room);
  if (!hall) return;
  if (!hall.isOpen) return endRoom(services, room, hall);
  const rooms = services.media.liveKit(hall.server);
  const name = mediaRoomName(room);
  const there = await rooms.list(name);
  const plan = await planSurely(services, room, { people: there.people, seats: hall.seats });
  // What the register says waits for no one's removal.
  await record(services, room, { sid: there.sid, people: plan.present, askedAtMs: hall.readAtMs });
  await carryOut(rooms, name, plan);
}

/** Who was let in after the seats were read, and before LiveKit was, is no stranger: for them they are read again. */
async function planSurely(
  services: Services,
  room: MediaRoom,
  { people, seats }: { readonly people: readonly LiveKitPerson[]; readonly seats: Seats },
): Promise<RoomPlan> {
  const plan = planRoom(people, seats);
  if (plan.putOut.length === 0) return plan;
  const later = await loadHall(services, room);
  return later?.isOpen === true ? planRoom(people, later.seats) : plan;
}

async function endRoom(services: Services, room: MediaRoom, hall: Hall): Promise<void> {
  const { liveClassId, schoolId } = room;
  const begunBeforeMs = hall.readAtMs;
  await services.database.inSchool(schoolId, (tx) =>
    closeStays(tx, { source: "livekit", liveClassId, except: [], begunBeforeMs }),
  );
  await services.media.liveKit(hall.server).end(mediaRoomName(room));
  await askAgain(services, room, tokensOutliveMs);
  await services.database.inSchool(schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update live_classes set left_livekit_at = null
      where live_class_id = ${liveClassId}
        and left_livekit_at < now() - make_interval(secs => ${tokensOutliveMs / 1000})`),
  );
}

async function carryOut(rooms: LiveKitRooms, name: string, plan: RoomPlan): Promise<void> {
  const results = await Promise.allSettled([
    ...plan.putOut.map((identity) => rooms.putOut(name, identity)),
    ...plan.permit.map(({ identity, sources }) => rooms.permit(name, identity, sources)),
  ]);
  const failed = results.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

interface Sight extends LiveKitRoom {
  readonly askedAtMs: number;
}

function record(services: Services, room: MediaRoom, sight: Sight): Promise<void> {
  const { sid, people, askedAtMs } = sight;
  const { liveClassId } = room;
  const stays = sid === null ? [] : people.map((person) => stayOf(sid, person, askedAtMs));
  return services.database.inSchool(room.schoolId, async (tx) => {
    await closeStays(tx, {
      source: "livekit",
      liveClassId,
      except: stays.map(({ sessionId }) => sessionId),
      begunBeforeMs: askedAtMs - youngStayMs,
    });
    if (sid !== null && stays.length > 0) {
      const hall = {
        source: "livekit",
        liveClassId,
        holderId: mediaSessionId("livekit", sid),
      } as const;
      await storeStays(tx, hall, stays);
      await storeBeat(tx, hall, askedAtMs);
    }
  });
}

function stayOf(roomSid: string, person: LiveKitPerson, seenAtMs: number) {
  return {
    participantId: person.identity,
    sessionId: mediaSessionId("livekit", roomSid, person.sid),
    joinedAtMs: person.joinedAtMs,
    seenAtMs,
    hasLeft: false,
  };
}
