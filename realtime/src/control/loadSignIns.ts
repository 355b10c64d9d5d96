import { sql, type Database } from "@darasa/database";
import { roomRole, schoolRoles, type ParticipantRole, type SchoolId } from "@darasa/protocol";
import * as z from "zod";
import type { Session } from "../room/room.ts";

/** What the database says about one session's sign-in. */
export interface SignInState {
  readonly session: Session;
  /** Its person as they were let in, and in each of its rooms what they were: nothing of that has changed. */
  readonly holds: boolean;
  /** After so many ms it is over by itself. */
  readonly endsInMs: number;
}

const rowSchema = z.object({
  item: z.int(),
  name: z.string().nullable(),
  endsInMs: z.number().nullable(),
  isAccount: z.boolean(),
  schoolRole: z.enum(schoolRoles).nullable(),
  roomKind: z.enum(["class", "group", "direct"]).nullable(),
  memberRole: z.enum(["teacher", "student"]).nullable(),
});

type Row = z.infer<typeof rowSchema>;

/** A session as it is asked about: once by itself, and once for each room that it is in. */
interface Asked {
  readonly session: Session;
  readonly roomId: string | null;
  readonly role: ParticipantRole | null;
}

/** Reads it for sessions of one school in one query. @throws DarasaError unavailable */
export async function loadSignIns(
  database: Database,
  schoolId: SchoolId,
  sessions: readonly Session[],
): Promise<SignInState[]> {
  const asked = sessions.flatMap(askAbout);
  const columns = asked.map(({ session, roomId }, item) => {
    const { participantId, signInId } = session.identity;
    return [item, participantId, signInId, roomId];
  });
  const rows = await database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(rowSchema)`
      select a.item, coalesce(u.name, p.name) as name, s.user_id is not null as "isAccount",
        (extract(epoch from s.expires_at - now()) * 1000)::float8 as "endsInMs",
        u.role as "schoolRole", r.kind as "roomKind", m.role as "memberRole"
      from ${sql.unnest(columns, ["int4", "uuid", "uuid", "uuid"])} as a (item, participant_id, sign_in_id, room_id)
      join schools c on c.suspended_at is null
      join sign_ins s on s.school_id = c.school_id and s.sign_in_id = a.sign_in_id
        and coalesce(s.user_id, s.participant_id) = a.participant_id
        and s.revoked_at is null and s.expires_at > now()
      left join users u on (u.school_id, u.user_id) = (s.school_id, s.user_id) and u.deactivated_at is null
      left join live_class_participants p
        on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.participant_id)
        and p.removed_at is null
      left join rooms r on (r.school_id, r.room_id) = (s.school_id, a.room_id) and r.archived_at is null
      left join room_members m on (m.school_id, m.room_id, m.user_id) = (s.school_id, a.room_id, s.user_id)
        and (m.until is null or m.until > now())`),
  );
  const rowOf = new Map(rows.map((row) => [row.item, row]));
  const changed = new Set<Session>();
  const endsInMs = new Map<Session, number>();
  asked.forEach((one, item) => {
    const row = rowOf.get(item);
    if (row === undefined || !isAsBefore(one, row)) changed.add(one.session);
    else endsInMs.set(one.session, row.endsInMs ?? 0);
  });
  return sessions.map((session) => ({
    session,
    holds: !changed.has(session),
    endsInMs: endsInMs.get(session) ?? 0,
  }));
}

function askAbout(session: Session): Asked[] {
  const stays = [...session.stays.values()].map(({ room, role }) => ({
    session,
    roomId: room.roomId,
    role,
  }));
  return [{ session, roomId: null, role: null }, ...stays];
}

function isAsBefore({ session, roomId, role }: Asked, row: Row): boolean {
  if (row.name !== session.identity.name) return false;
  return roomId === null || role === roleIn(row);
}

function roleIn({ isAccount, schoolRole, roomKind, memberRole }: Row): ParticipantRole | null {
  if (!isAccount) return "guest";
  if (schoolRole === null || roomKind === null) return null;
  return roomRole({ schoolRole, roomKind, memberRole });
}
