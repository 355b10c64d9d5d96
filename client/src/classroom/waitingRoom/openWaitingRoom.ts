import { onCleanup } from "solid-js";
import { api, type Joined } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { Environment } from "../../connection/environment.ts";
import type { Room } from "../../room/createRoom.ts";
import { createWaitingRoom, type WaitingRoom } from "./createWaitingRoom.ts";

/**
 * The waiting room of the class that was joined, kept true by the gateway's word; null for those who let nobody in.
 * Lives as long as its owner.
 */
export function openWaitingRoom(
  joined: Joined,
  room: Room,
  environment: Pick<Environment, "after">,
): WaitingRoom | null {
  if (joined.role !== "teacher") return null;
  const params = { path: { id: joined.liveClass.id } };
  const waitingRoom = createWaitingRoom({
    after: environment.after,
    load: () => dataOf(api.GET("/api/live-classes/{id}/waiting", { params })),
    admit: (ids) => {
      const body = { participantIds: [...ids] };
      return dataOf(api.POST("/api/live-classes/{id}/admit", { params, body }));
    },
    refuse: (ids) => {
      const body = { participantIds: [...ids] };
      return dataOf(api.POST("/api/live-classes/{id}/refuse", { params, body }));
    },
  });
  onCleanup(waitingRoom.close);
  onCleanup(
    room.onEvent((event) => {
      if (event.type === "waitingRoom") waitingRoom.look();
    }),
  );
  // What was told while the line was down was not heard.
  onCleanup(room.onJoined(waitingRoom.look));
  return waitingRoom;
}
