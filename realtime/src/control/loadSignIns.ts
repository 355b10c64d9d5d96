import type { Reader, SignInRow } from "@darasa/database";
import { roomRole, type ParticipantRole, type SchoolId } from "@darasa/protocol";
import type { Session } from "../room/room.ts";

/** What the database says about one session's sign-in. */
export interface SignInState {
  readonly session: Session;
  /** Its person as they were let in, and in each of its rooms what they were: nothing of that has changed. */
  readonly holds: boolean;
  /** After so many ms it is over by itself. */
  readonly endsInMs: number;
}

/** A session as it is asked about: once by itself, and once for each room that it is in. */
interface Asked {
  readonly session: Session;
  readonly roomId: string | null;
  readonly role: ParticipantRole | null;
}

/** Reads it for sessions of one school in one query. @throws DarasaError unavailable */
export async function loadSignIns(
  reader: Pick<Reader, "readSignIns">,
  schoolId: SchoolId,
  sessions: readonly Session[],
): Promise<SignInState[]> {
  const asked = sessions.flatMap(askAbout);
  const rows = await reader.readSignIns(
    schoolId,
    asked.map(({ session, roomId }) => ({
      participantId: session.identity.participantId,
      signInId: session.identity.signInId,
      roomId,
    })),
  );
  const changed = new Set<Session>();
  const endsInMs = new Map<Session, number>();
  asked.forEach((one, item) => {
    const row = rows[item];
    if (row == null || !isAsBefore(one, row)) changed.add(one.session);
    else endsInMs.set(one.session, row.ends_in_ms);
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

function isAsBefore({ session, roomId, role }: Asked, row: SignInRow): boolean {
  if (row.name !== session.identity.name) return false;
  return roomId === null || role === roleIn(row);
}

function roleIn({ is_account, school_role, room_kind, member_role }: SignInRow) {
  if (!is_account) return "guest";
  if (school_role === null || room_kind === null) return null;
  return roomRole({ schoolRole: school_role, roomKind: room_kind, memberRole: member_role });
}
