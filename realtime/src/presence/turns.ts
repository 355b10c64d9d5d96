import type { RoomId } from "@darasa/protocol";
import type { Session } from "../room/room.ts";

/** Runs `work` when the session's work for this room that was begun before has ended, however it did. */
export type InTurn = <Value>(
  session: Session,
  room: RoomId,
  work: () => Promise<Value>,
) => Promise<Value>;

/** One queue per session and room, and nothing of either once it is empty. */
export function createTurns(): InTurn {
  const last = new Map<Session, Map<RoomId, Promise<unknown>>>();
  return (session, room, work) => {
    const rooms = last.get(session) ?? new Map<RoomId, Promise<unknown>>();
    last.set(session, rooms);
    const before = rooms.get(room);
    const run = before === undefined ? work() : before.then(work, work);
    rooms.set(room, run);
    const forget = (): void => {
      if (rooms.get(room) !== run) return;
      rooms.delete(room);
      if (rooms.size === 0) last.delete(session);
    };
    run.then(forget, forget);
    return run;
  };
}
