import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import { loadBoards } from "../boards/store.ts";
import { chooseVideo } from "../media/chooseVideo.ts";
import { isSetUp, loadMediaServers } from "../media/mediaServers.ts";
import { gatewayPath, signGatewayTicket } from "../realtimeTicket/signGatewayTicket.ts";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import {
  authorizeLiveClass,
  refuseUnlessRunning,
  type SeenLiveClass,
} from "./authorizeLiveClass.ts";
import type { Joined } from "./joined.ts";
import { seatOf } from "./seatOf.ts";
import { showLiveClass } from "./showLiveClass.ts";
import { storeAdmission } from "./store.ts";

/**
 * Lets the caller into a running class and gives all that the classroom needs. A class whose media servers are not set
 * up any more goes on without video.
 * @throws DarasaError not_found, removed, waiting, class_not_started, class_ended
 */
export async function joinLiveClass(
  services: Services,
  caller: Caller,
  id: LiveClassId,
): Promise<Joined> {
  const { seen, boards, servers } = await services.database.inSchool(
    caller.schoolId,
    async (tx) => {
      const admitted = await admit(tx, caller, await authorizeLiveClass(tx, caller, id));
      return {
        seen: admitted,
        boards: await loadBoards(tx, admitted.row.roomId),
        servers: await loadMediaServers(services, tx, caller.schoolId),
      };
    },
  );
  const { row, role } = seen;
  const provider = isSetUp(servers, row.videoProvider) ? row.videoProvider : "none";
  return {
    liveClass: showLiveClass(seen),
    room: { id: row.roomId, name: row.roomName, kind: row.roomKind },
    boards: [...boards],
    role,
    participantId: caller.participantId,
    gateway: { url: gatewayPath, ticket: await signGatewayTicket(services, caller) },
    video: await chooseVideo(services, { provider, servers, seat: seatOf(caller, seen) }),
    hasOwnPage: servers.livekit?.isOwn === true || servers.jitsi?.isOwn === true,
  };
}

/** Guests were let in when they gave their name, or by a teacher; accounts are let in here. */
async function admit(
  tx: SchoolTransaction,
  caller: Caller,
  seen: SeenLiveClass,
): Promise<SeenLiveClass> {
  if (seen.row.removed) throw new DarasaError("removed");
  refuseUnlessRunning(seen.row);
  if (caller.kind === "guest") return seen;
  const { participantId, name } = caller;
  const removed = await storeAdmission(tx, {
    liveClassId: seen.row.id,
    participantId,
    userId: participantId,
    name,
    role: seen.role,
    waits: false,
  });
  // Removed between the two statements: the teacher was faster.
  if (removed) throw new DarasaError("removed");
  return { ...seen, row: { ...seen.row, admitted: true } };
}
