import type { NodeBus, NodeId } from "../nodes/nodeBus.ts";
import type { PresenceNotice, PresenceNoticeOf } from "../room/presenceNotice.ts";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { SliceHearer } from "./sliceHearer.ts";
import type { SliceTeller } from "./sliceTeller.ts";

/** The people of all nodes alike (SPEC P14): what this node makes of what the others say, and of their silence. */
export interface PresenceNodes {
  /** Another node said this of a room that is served here. */
  heard(room: Room, from: NodeId, notice: PresenceNotice): void;
  /** From now on everything that is said of the room is heard. */
  followed(room: Room): void;
  /** The others may have said what was not heard, and have missed what was said. */
  missed(): void;
  /** Tells how much there is to know of those here; call it every `sliceBeatMs`. */
  beat(): void;
  /** Forgets who is silent; call it several times within `sliceLifeMs`. */
  watch(): void;
  /** Tells the others what is not told yet. */
  flush(): void;
}

interface PresenceNodesParts {
  readonly bus: NodeBus;
  readonly rooms: RoomRegistry;
  readonly teller: SliceTeller;
  readonly hearer: SliceHearer;
  /** What of it concerns the class and its mesh. */
  readonly inClass: {
    readonly [Kind in "seats" | "signal" | "mute" | "lowerHand"]: (
      room: Room,
      notice: PresenceNoticeOf<Kind>,
      from: NodeId,
    ) => void;
  };
  /** A slice of which nothing was heard for so long is forgotten. */
  readonly sliceLifeMs: number;
  readonly uptimeMs: () => number;
}

/** Ties what is told and what is heard to the bus. */
export function createPresenceNodes(parts: PresenceNodesParts): PresenceNodes {
  const { bus, rooms, teller, hearer } = parts;

  function askAll(room: Room): void {
    bus.say(room.channel, { kind: "who", of: null });
  }

  return {
    heard(room, from, notice) {
      // A kind that is not known is of a newer version of ours.
      const hear = ears[notice.kind] as Ear<PresenceNotice["kind"]> | undefined;
      hear?.(parts, { room, from }, notice);
    },
    followed: askAll,
    missed() {
      for (const room of rooms.all()) {
        hearer.excuse(room);
        askAll(room);
      }
      teller.beat();
    },
    beat: () => teller.beat(),
    watch: createWatch(parts),
    flush: () => teller.flush(),
  };
}

type Ear<Kind extends PresenceNotice["kind"]> = (
  parts: PresenceNodesParts,
  origin: { readonly room: Room; readonly from: NodeId },
  notice: PresenceNoticeOf<Kind>,
) => void;

const ears: { readonly [Kind in PresenceNotice["kind"]]: Ear<Kind> } = {
  who({ bus, teller }, { room }, { of }) {
    if (of === null || of === bus.nodeId) teller.answer(room);
  },
  delta: ({ hearer }, { room, from }, notice) => hearer.delta(room, from, notice),
  slice: ({ hearer }, { room, from }, notice) => hearer.slice(room, from, notice),
  digest({ hearer, inClass }, { room, from }, notice) {
    hearer.digest(room, from, notice);
    inClass.seats(room, { kind: "seats", seats: notice.seats }, from);
  },
  seats: ({ inClass }, { room, from }, notice) => inClass.seats(room, notice, from),
  signal: ({ inClass }, { room, from }, notice) => inClass.signal(room, notice, from),
  mute: ({ inClass }, { room, from }, notice) => inClass.mute(room, notice, from),
  lowerHand: ({ inClass }, { room, from }, notice) => inClass.lowerHand(room, notice, from),
};

function createWatch(parts: PresenceNodesParts): () => void {
  const { bus, rooms, hearer, inClass, sliceLifeMs, uptimeMs } = parts;
  let watchedAtMs = uptimeMs();
  return () => {
    // Who was asleep has heard nobody, and must not take that for the others' silence.
    const wasDeaf = !bus.isConnected || uptimeMs() - watchedAtMs > sliceLifeMs / 2;
    watchedAtMs = uptimeMs();
    for (const room of rooms.all()) {
      if (wasDeaf) hearer.excuse(room);
      for (const nodeId of hearer.silentFor(room, sliceLifeMs)) {
        inClass.seats(room, { kind: "seats", seats: [] }, nodeId);
        hearer.forget(room, nodeId);
      }
    }
  };
}
