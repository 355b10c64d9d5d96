import type { ParticipantId, SessionId } from "@darasa/protocol";
import type { RemoteMedia } from "../provider.ts";
import { addPaths, costOf, noStatistics, type MediaStatistics } from "../statistics.ts";
import type { Pair } from "./createPair.ts";

/**
 * The pairs of a mesh: one per present session, and of sessions that are gone the pairs that still play
 * until the same person is connected anew.
 */
export interface PairSet {
  readonly get: (sessionId: SessionId) => Pair | undefined;
  readonly size: () => number;
  readonly all: () => readonly Pair[];
  /** Takes in a pair; an older one of the same person is retired. */
  readonly add: (sessionId: SessionId, pair: Pair) => void;
  /** Closes the pair of a session that has left, with what may still play of that person. */
  readonly remove: (sessionId: SessionId) => void;
  /** Retires every pair: one's own session is another one now. */
  readonly retireAll: () => void;
  /** Closes the retired pairs of those who are connected anew, or, with `all`, of everybody. */
  readonly closeRetired: (which: "replaced" | "all") => void;
  /** One entry per person: of the pair that is connected, else of the one that still plays. */
  readonly remotes: () => readonly RemoteMedia[];
  /** Closes everything. */
  readonly clear: () => void;
  /** Bytes of all pairs that ever were, and how the best of those that are is. */
  readonly statistics: () => Promise<MediaStatistics>;
}

/** No pairs yet. Owns what is added. */
export function createPairSet(): PairSet {
  return new SessionPairs();
}

class SessionPairs implements PairSet {
  readonly #pairs = new Map<SessionId, Pair>();
  readonly #retired = new Map<ParticipantId, Pair>();
  #closed = noStatistics;

  readonly get = (sessionId: SessionId): Pair | undefined => this.#pairs.get(sessionId);
  readonly size = (): number => this.#pairs.size;
  readonly all = (): readonly Pair[] => [...this.#pairs.values()];

  readonly add = (sessionId: SessionId, pair: Pair): void => {
    for (const [otherSession, other] of this.#pairs)
      if (other.participantId === pair.participantId) this.#retire(otherSession, other);
    this.#pairs.set(sessionId, pair);
  };

  readonly remove = (sessionId: SessionId): void => {
    const pair = this.#pairs.get(sessionId);
    if (pair === undefined) return;
    this.#pairs.delete(sessionId);
    this.#close(pair);
    this.#closeRetiredOf(pair.participantId);
  };

  readonly retireAll = (): void => {
    for (const [sessionId, pair] of this.#pairs) this.#retire(sessionId, pair);
  };

  readonly closeRetired = (which: "replaced" | "all"): void => {
    const connected = this.all().filter((pair) => pair.remote().connection === "connected");
    const replaced = new Set(connected.map((pair) => pair.participantId));
    for (const participantId of this.#retired.keys())
      if (which === "all" || replaced.has(participantId)) this.#closeRetiredOf(participantId);
  };

  readonly remotes = (): readonly RemoteMedia[] => {
    const shown = new Map<ParticipantId, RemoteMedia>();
    for (const pair of this.#retired.values()) shown.set(pair.participantId, pair.remote());
    for (const pair of this.#pairs.values()) {
      const remote = pair.remote();
      const playing = shown.get(pair.participantId);
      if (remote.connection === "connected" || playing?.connection !== "connected")
        shown.set(pair.participantId, remote);
    }
    return [...shown.values()];
  };

  readonly clear = (): void => {
    for (const sessionId of this.#pairs.keys()) this.remove(sessionId);
    this.closeRetired("all");
  };

  readonly statistics = async (): Promise<MediaStatistics> => {
    const open = [...this.#pairs.values(), ...this.#retired.values()];
    const each = await Promise.all(open.map((pair) => pair.statistics()));
    return each.reduce(addPaths, this.#closed);
  };

  #retire(sessionId: SessionId, pair: Pair): void {
    this.#pairs.delete(sessionId);
    this.#closeRetiredOf(pair.participantId);
    pair.retire();
    if (pair.remote().connection === "connected") this.#retired.set(pair.participantId, pair);
    else this.#close(pair);
  }

  #closeRetiredOf(participantId: ParticipantId): void {
    const pair = this.#retired.get(participantId);
    this.#retired.delete(participantId);
    if (pair !== undefined) this.#close(pair);
  }

  #close(pair: Pair): void {
    // Asked before the close: what a closed connection still tells differs between engines.
    void pair.statistics().then((last) => {
      this.#closed = addPaths(this.#closed, costOf(last));
    });
    pair.close();
  }
}
