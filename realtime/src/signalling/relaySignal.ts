import { limits, type SendSignal } from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { PresenceNoticeOf } from "../room/presenceNotice.ts";
import type { Room, Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";

/** One signal on its way from one browser to another. */
export type RelayedSignal = Omit<PresenceNoticeOf<"signal">, "kind">;

/** Hands what one browser tells another to it, unread, inside one mesh only (SPEC V3). */
export function createRelaySignal(bus: Pick<NodeBus, "say">) {
  return (
    { room, session }: Stay,
    { to, signal }: SendSignal,
  ): Answer<Readonly<Record<string, never>>> => {
    const receiver = room.mesh.get(to);
    if (receiver === undefined || room.mesh.get(session.sessionId)?.stay?.session !== session) {
      return refuse("not_found");
    }
    if (Buffer.byteLength(JSON.stringify(signal)) > limits.maxSignalBytes)
      return refuse("too_large");
    const relayed = { from: session.sessionId, to, signal };
    if (receiver.stay === null) bus.say(room.channel, { kind: "signal", ...relayed });
    else deliverSignal(room, relayed);
    return done;
  };
}

/** Tells it to its receiver, if that is in the mesh and connected here. */
export function deliverSignal(room: Room, { from, to, signal }: RelayedSignal): void {
  const receiver = room.mesh.get(to)?.stay;
  if (receiver == null) return;
  tell(receiver.session, { type: "signal", room: room.roomId, from, signal });
}
