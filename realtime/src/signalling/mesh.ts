import { limits, type JoinMeshAck, type MeshMember } from "@darasa/protocol";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Room, Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";
import type { StayObserver } from "../room/stayObserver.ts";

/** Lets a session of the running class exchange video with the others (SPEC V1, V2). */
export function joinMesh(stay: Stay): Answer<JoinMeshAck> {
  const { room, session } = stay;
  if (!stay.isPresent || !stay.inClass || room.liveClass?.video !== "mesh") {
    return refuse("conflict");
  }
  const { participantId } = session.identity;
  const own = [...room.mesh.values()].filter(
    (member) => member.session.identity.participantId === participantId,
  );
  if (room.mesh.size - own.length >= limits.maxMeshMembers) return refuse("mesh_full");
  for (const former of own) leave(former);
  const others = [...room.mesh.values()];
  room.mesh.set(session.sessionId, stay);
  const joined = { type: "meshJoined", room: room.roomId, ...memberOf(stay) } as const;
  for (const other of others) tell(other.session, joined);
  return { ok: true, value: { members: others.map(memberOf) } };
}

/** Takes a session out of the mesh; nothing when it is not in it. */
export function leaveMesh(stay: Stay): Answer<Readonly<Record<string, never>>> {
  leave(stay);
  return done;
}

/** Who leaves the room leaves its mesh. */
export const meshObserver: StayObserver = {
  entered: () => undefined,
  left: leave,
};

/** All members hear it, the one that leaves too: it may have been replaced from another tab. */
function leave(stay: Stay): void {
  const { room, session } = stay;
  if (!isMember(room, stay)) return;
  const members = [...room.mesh.values()];
  room.mesh.delete(session.sessionId);
  const left = { type: "meshLeft", room: room.roomId, sessionId: session.sessionId } as const;
  for (const member of members) tell(member.session, left);
}

function isMember(room: Room, stay: Stay): boolean {
  return room.mesh.get(stay.session.sessionId) === stay;
}

function memberOf({ session }: Stay): MeshMember {
  return { sessionId: session.sessionId, participantId: session.identity.participantId };
}
