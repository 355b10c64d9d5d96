import { limits, type SendSignal } from "@darasa/protocol";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";

/** Hands what one browser tells another to it, unread, inside one mesh only (SPEC V3). */
export function relaySignal(
  stay: Stay,
  { to, signal }: SendSignal,
): Answer<Readonly<Record<string, never>>> {
  const { room, session } = stay;
  const receiver = room.mesh.get(to);
  if (receiver === undefined || room.mesh.get(session.sessionId) !== stay) {
    return refuse("not_found");
  }
  if (Buffer.byteLength(JSON.stringify(signal)) > limits.maxSignalBytes) return refuse("too_large");
  tell(receiver.session, {
    type: "signal",
    room: room.roomId,
    from: session.sessionId,
    signal,
  });
  return done;
}
