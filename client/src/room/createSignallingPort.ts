import {
  DarasaError,
  type MediaState,
  type RoomEvent,
  type RoomId,
  type SessionId,
} from "@darasa/protocol";
import { CommandFailure } from "../connection/commandFailure.ts";
import type { Connection } from "../connection/createConnection.ts";
import { createListeners } from "../connection/listeners.ts";
import type { MeshEvent, SignallingPort } from "../media/signallingPort.ts";
import type { RoomSession } from "./roomSession.ts";

/** What a mesh knows of the gateway, bound to the room of `session`. It lives as long as that does. */
export function createSignallingPort(
  connection: Connection,
  session: RoomSession,
  room: RoomId,
): SignallingPort {
  const meshEvents = createListeners<MeshEvent>();
  let media: MediaState | null = null;
  let meshSessionId: SessionId | null = null;

  const sessionId = () => {
    const state = connection.state();
    return state.name === "open" ? state.sessionId : meshSessionId;
  };

  function tellMedia(): void {
    // A lost word is said again after the next join.
    if (media !== null) void ignore(connection.send({ type: "setMedia", room, ...media }));
  }

  session.presenceInRoom.listen((change) => {
    if (change === "left") {
      meshEvents.tell({ type: "disconnected" });
      return;
    }
    tellMedia();
    const before = meshSessionId;
    meshSessionId = sessionId();
    // Also for the first session: who asked to join before it was there need not wait to ask again.
    if (before !== meshSessionId) meshEvents.tell({ type: "reconnected" });
  });
  session.events.listen((event) => {
    const meshEvent = toMeshEvent(event);
    if (meshEvent !== null) meshEvents.tell(meshEvent);
  });

  return {
    get sessionId() {
      return sessionId();
    },
    participantId: session.state().me,
    joinMesh: async () => {
      // Asked for before the room is joined it would be refused for good (SPEC D3), and every device go off with it.
      if (session.state().status.name !== "joined") throw new DarasaError("unavailable");
      const ack = await connection.send({ type: "joinMesh", room }).catch(throwAsDarasaError);
      return ack.members;
    },
    leaveMesh: () => ignore(connection.send({ type: "leaveMesh", room })),
    sendSignal: (to, signal) =>
      void ignore(connection.send({ type: "sendSignal", room, to, signal })),
    setMedia: (state) => {
      media = state;
      tellMedia();
    },
    onMeshEvent: meshEvents.listen,
  };
}

function toMeshEvent(event: RoomEvent): MeshEvent | null {
  if (event.type === "meshJoined") {
    const { sessionId, participantId } = event;
    return { type: "joined", member: { sessionId, participantId } };
  }
  if (event.type === "meshLeft") return { type: "left", sessionId: event.sessionId };
  if (event.type === "signal") return { type: "signal", from: event.from, signal: event.signal };
  return null;
}

async function ignore(answer: Promise<unknown>): Promise<void> {
  await answer.catch(() => undefined);
}

function throwAsDarasaError(failure: unknown): never {
  const code = failure instanceof CommandFailure ? failure.code : "internal";
  const isAway = code === "disconnected" || code === "timeout";
  throw new DarasaError(isAway ? "unavailable" : code, { cause: failure });
}
