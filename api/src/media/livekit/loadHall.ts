import { sql, type SchoolTransaction } from "@darasa/database";
import {
  participantRoles,
  roomRole,
  schoolRoles,
  trackKinds,
  videoProviders,
  type ParticipantRole,
} from "@darasa/protocol";
import * as z from "zod";
import type { Services } from "../../services.ts";
import { loadMediaServers, type LiveKitServer } from "../mediaServers.ts";
import type { MediaRoom } from "../mediaRoomName.ts";
import { allowedSources } from "../mediaSeat.ts";
import type { Seat, Seats } from "./planRoom.ts";

/** A class as far as its LiveKit is concerned. */
export interface Hall {
  readonly server: LiveKitServer;
  /** Whether the class runs, and is seen and heard through LiveKit. */
  readonly isOpen: boolean;
  readonly seats: Seats;
  /** When that was, by Postgres' clock: epoch ms. */
  readonly readAtMs: number;
}

const classSchema = z.object({
  isLive: z.boolean(),
  provider: z.enum(videoProviders),
  roomKind: z.enum(["class", "group", "direct"]),
  sources: z.array(z.enum(trackKinds)),
  readAtMs: z.number(),
});

const seatSchema = z.object({
  participantId: z.string(),
  admittedRole: z.enum(participantRoles),
  schoolRole: z.enum(schoolRoles).nullable(),
  memberRole: z.enum(["teacher", "student"]).nullable(),
  ownSources: z.array(z.enum(trackKinds)).nullable(),
  isPresenter: z.boolean(),
});

/** The class of that room, or null when the school has none of that id, or no LiveKit. */
export function loadHall(services: Services, room: MediaRoom): Promise<Hall | null> {
  return services.database.inSchool(room.schoolId, async (tx) => {
    const found = await loadClass(tx, room);
    if (!found) return null;
    const { livekit } = await loadMediaServers(services, tx, room.schoolId);
    if (!livekit) return null;
    const isOpen = found.isLive && found.provider === "livekit";
    return {
      server: livekit,
      isOpen,
      seats: isOpen ? await loadSeats(tx, room, found) : new Map(),
      readAtMs: found.readAtMs,
    };
  });
}

function loadClass(tx: SchoolTransaction, { liveClassId }: MediaRoom) {
  return tx.maybeOne(sql.type(classSchema)`
    select c.status = 'live' and s.suspended_at is null as "isLive", c.video_provider as provider,
      r.kind as "roomKind", c.sources, clock_timestamp() as "readAtMs"
    from live_classes c
    join rooms r on (r.school_id, r.room_id) = (c.school_id, c.room_id)
    join schools s on s.school_id = c.school_id
    where c.live_class_id = ${liveClassId}`);
}

/** Everybody who was let in, was not removed and still belongs to the room, with what they are in it now. */
async function loadSeats(
  tx: SchoolTransaction,
  { liveClassId }: MediaRoom,
  { roomKind, sources }: z.infer<typeof classSchema>,
): Promise<Seats> {
  const rows = await tx.any(sql.type(seatSchema)`
    select p.participant_id as "participantId", p.role as "admittedRole", u.role as "schoolRole",
      m.role as "memberRole", p.sources as "ownSources",
      coalesce(c.presenter_id = p.participant_id, false) as "isPresenter"
    from live_class_participants p
    join live_classes c on (c.school_id, c.live_class_id) = (p.school_id, p.live_class_id)
    left join users u
      on (u.school_id, u.user_id) = (p.school_id, p.user_id) and u.deactivated_at is null
    left join room_members m
      on (m.school_id, m.room_id, m.user_id) = (c.school_id, c.room_id, u.user_id)
      and (m.until is null or m.until > now())
    where p.live_class_id = ${liveClassId} and p.admitted_at is not null and p.removed_at is null`);
  return new Map(
    rows.flatMap((row): [string, Seat][] => {
      const role = roleNow(row, roomKind);
      if (role === null) return [];
      return [
        [
          row.participantId,
          { role, sources: allowedSources({ ...row, role, classSources: sources }) },
        ],
      ];
    }),
  );
}

function roleNow(
  { admittedRole, schoolRole, memberRole }: z.infer<typeof seatSchema>,
  roomKind: z.infer<typeof classSchema>["roomKind"],
): ParticipantRole | null {
  if (admittedRole === "guest") return "guest";
  return schoolRole && roomRole({ roomKind, schoolRole, memberRole });
}
