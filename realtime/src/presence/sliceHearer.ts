import type { ParticipantId } from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import type { NodeId } from "../room/nodeId.ts";
import type { Memory, Part } from "../room/part.ts";
import type { PresenceNoticeOf } from "../room/presenceNotice.ts";
import type { Room } from "../room/room.ts";
import { dropPart, hearMemory, hearPart, isAt, lastKnownHand, peopleAt } from "../room/slices.ts";
import type { KeepHand } from "./handMemory.ts";

interface HearerParts {
  readonly bus: Pick<NodeBus, "say">;
  readonly presence: PresenceFeed;
  readonly keepHand: KeepHand;
  /** Ms, by a clock that nobody sets. */
  readonly uptimeMs: () => number;
}

/** What is known of one node's slice of one room. */
interface KnownSlice {
  readonly room: Room;
  readonly nodeId: NodeId;
  /** Null: something is missing. */
  version: number | null;
  count: number;
  /** Who was named so far by the telling of the whole slice that goes on. */
  telling: Telling | null;
  heardAtMs: number;
  askedAtMs: number;
}

interface Telling {
  readonly version: number;
  readonly named: Set<ParticipantId>;
  pieces: number;
  /** When the last piece came. */
  atMs: number;
}

/** Who was asked is given so long before they are asked again, and so long for each piece of their answer. */
const askAgainAfterMs = 1_000;

/**
 * Takes in what other nodes tell of the people who are connected to them (SPEC P14): applies it, and asks for the whole
 * where something is missing.
 */
export class SliceHearer {
  readonly #parts: HearerParts;
  readonly #known = new WeakMap<Room, Map<NodeId, KnownSlice>>();

  constructor(parts: HearerParts) {
    this.#parts = parts;
  }

  delta(room: Room, from: NodeId, notice: PresenceNoticeOf<"delta">): void {
    const known = this.#heardOf(room, from);
    const { previous, version } = notice;
    if (known.version !== null && version <= known.version) return;
    if (previous === 0) this.#drop(known, peopleAt(room, from));
    this.#drop(known, notice.gone);
    this.#hear(known, notice.present);
    this.#remember(room, notice.memories);
    if (previous === 0 || previous === known.version) known.version = version;
    else this.#ask(known);
  }

  slice(room: Room, from: NodeId, notice: PresenceNoticeOf<"slice">): void {
    const known = this.#heardOf(room, from);
    const { version, piece } = notice;
    if (piece === 0) {
      if (known.version !== null && version < known.version) return;
      known.version = version;
      known.telling = { version, named: new Set(), pieces: 0, atMs: 0 };
    }
    const { telling } = known;
    if (telling?.version !== version || telling.pieces !== piece) {
      if (known.version === null || telling !== null) this.#ask(known);
      return;
    }
    telling.pieces += 1;
    telling.atMs = this.#parts.uptimeMs();
    this.#hear(known, notice.present);
    this.#remember(room, notice.memories);
    if (!notice.isLast) return;
    known.telling = null;
    const unnamed = peopleAt(room, from).filter((id) => !telling.named.has(id));
    this.#drop(known, unnamed);
  }

  digest(room: Room, from: NodeId, { version, count }: PresenceNoticeOf<"digest">): void {
    const known = this.#heardOf(room, from);
    if (known.telling !== null && known.version === version) {
      // What is being told is not complete yet, unless its last piece was lost.
      const sinceMs = this.#parts.uptimeMs() - known.telling.atMs;
      if (sinceMs >= askAgainAfterMs) this.#ask(known);
      return;
    }
    if (known.version !== version || known.count !== count) this.#ask(known);
  }

  /** The nodes of whose slices of this room nothing was heard for so long. */
  silentFor(room: Room, ms: number): NodeId[] {
    const isSilent = ({ heardAtMs }: KnownSlice) => this.#parts.uptimeMs() - heardAtMs > ms;
    return [...this.#of(room).values()].filter(isSilent).map(({ nodeId }) => nodeId);
  }

  /** That node is gone, or has nobody in the room any more: their hands are remembered from now on. */
  forget(room: Room, nodeId: NodeId): void {
    const known = this.#of(room).get(nodeId);
    if (known === undefined) return;
    this.#of(room).delete(nodeId);
    const gone = peopleAt(room, nodeId);
    const hands = gone.map((id) => lastKnownHand(room, nodeId, id));
    this.#drop(known, gone);
    this.#remember(
      room,
      hands.filter((hand) => hand !== null),
    );
  }

  /** Silence so far says nothing: it was this node that could not hear. */
  excuse(room: Room): void {
    for (const known of this.#of(room).values()) known.heardAtMs = this.#parts.uptimeMs();
  }

  #of(room: Room): Map<NodeId, KnownSlice> {
    const slices = this.#known.get(room) ?? new Map<NodeId, KnownSlice>();
    this.#known.set(room, slices);
    return slices;
  }

  #heardOf(room: Room, nodeId: NodeId): KnownSlice {
    const known: KnownSlice = this.#of(room).get(nodeId) ?? {
      room,
      nodeId,
      version: null,
      count: 0,
      telling: null,
      heardAtMs: 0,
      askedAtMs: -askAgainAfterMs,
    };
    this.#of(room).set(nodeId, known);
    known.heardAtMs = this.#parts.uptimeMs();
    return known;
  }

  #ask(known: KnownSlice): void {
    known.version = null;
    known.telling = null;
    const nowMs = this.#parts.uptimeMs();
    if (nowMs - known.askedAtMs < askAgainAfterMs) return;
    known.askedAtMs = nowMs;
    this.#parts.bus.say(known.room.channel, { kind: "who", of: known.nodeId });
  }

  #hear(known: KnownSlice, present: readonly Part[]): void {
    const { presence } = this.#parts;
    const { room, nodeId } = known;
    for (const part of present) {
      const { participantId } = part.participant;
      if (!isAt(room, nodeId, participantId)) known.count += 1;
      known.telling?.named.add(participantId);
      if (hearPart(room, nodeId, part)) presence.changed(room, participantId);
      else presence.changedElsewhere(room, participantId);
    }
  }

  #drop(known: KnownSlice, gone: readonly ParticipantId[]): void {
    const { room, nodeId } = known;
    for (const id of gone) {
      known.telling?.named.delete(id);
      if (!isAt(room, nodeId, id)) continue;
      known.count -= 1;
      dropPart(room, nodeId, id);
      this.#parts.presence.changedElsewhere(room, id);
    }
  }

  #remember(room: Room, memories: readonly Memory[]): void {
    for (const memory of memories) {
      const became = hearMemory(room, memory);
      if (became === "kept") this.#parts.keepHand(room, memory.participantId);
      if (became === "adopted") this.#parts.presence.changed(room, memory.participantId);
    }
  }
}
