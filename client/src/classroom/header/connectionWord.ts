import type { ConnectionState } from "../../connection/connectionState.ts";
import type { RoomStatus } from "../../room/reduceRoom.ts";

/** The state of the line to the class, as a person understands it. */
export type ConnectionWord =
  "connecting" | "connected" | "reconnecting" | "restarting" | "offline" | "closed";

/** One word for connection and room together: one is connected only when the class is there too. */
export function connectionWord(connection: ConnectionState, room: RoomStatus): ConnectionWord {
  if (connection.name === "closed") return "closed";
  if (connection.name === "open" && room.name === "joined") return "connected";
  if (!connection.online) return "offline";
  if ("isRestart" in connection && connection.isRestart) return "restarting";
  return room.name === "joining" ? "connecting" : "reconnecting";
}
