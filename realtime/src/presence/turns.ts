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
  const last = new Map<string, Promise<unknown>>();
  return (session, room, work) => {
    const queue = `${session.sessionId}:${room}`;
    const before = last.get(queue);
    const run = before === undefined ? work() : before.then(work, work);
    last.set(queue, run);
    const forget = (): void => {
      if (last.get(queue) === run) last.delete(queue);
    };
    run.then(forget, forget);
    return run;
  };
}
