import type { MediaState, MeshMember, ParticipantId, SessionId, Signal } from "@darasa/protocol";

/** What the room tells a mesh. */
export type MeshEvent =
  | { readonly type: "joined"; readonly member: MeshMember }
  | { readonly type: "left"; readonly sessionId: SessionId }
  | { readonly type: "signal"; readonly from: SessionId; readonly signal: Signal }
  /** The gateway is away. Pairs that are connected go on; nothing can be signalled. */
  | { readonly type: "disconnected" }
  /**
   * A new gateway session has joined the room again: `sessionId` is another one, no membership of the
   * old session counts any more, and the mesh has to be joined anew.
   */
  | { readonly type: "reconnected" };

/**
 * All that a mesh knows of the gateway, bound to one room. The classroom implements it over its
 * connection; tests implement it over a relay of their own.
 */
export interface SignallingPort {
  /** The present gateway session, read anew at each use since a reconnect changes it; null before the first. */
  readonly sessionId: SessionId | null;
  /** The person behind the session: a second tab of one's own is no one to talk to. */
  readonly participantId: ParticipantId;

  /**
   * Enters the mesh; resolves to those who were there before, without the caller.
   *
   * @throws DarasaError `mesh_full` beyond `limits.maxMeshMembers`; `unavailable` while one is not in the room, as
   *   without a connection: `reconnected` tells when one is
   */
  joinMesh(): Promise<readonly MeshMember[]>;
  /** Leaves the mesh; resolves also when the connection is gone, because then it is left anyway. */
  leaveMesh(): Promise<void>;
  /**
   * Hands a signal to the gateway for `to`, in the order of the calls. Never throws: a lost signal is
   * found by the pair's own deadline, so nothing is queued for a later session.
   */
  sendSignal(to: SessionId, signal: Signal): void;
  /** Tells everybody which of one's tracks are on; said again by the mesh after each join. */
  setMedia(state: MediaState): void;
  /** Calls `listener` for each event, in order, until the returned function is called. */
  onMeshEvent(listener: (event: MeshEvent) => void): () => void;
}
