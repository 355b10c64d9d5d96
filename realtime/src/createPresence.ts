import { lowerHands } from "./classroom/hands.ts";
import { mute } from "./classroom/muteParticipant.ts";
import type { NodeBus } from "./nodes/nodeBus.ts";
import { createHandMemory, type KeepHand } from "./presence/handMemory.ts";
import { createPresenceNodes, type PresenceNodes } from "./presence/presenceNodes.ts";
import { SliceHearer } from "./presence/sliceHearer.ts";
import { SliceTeller } from "./presence/sliceTeller.ts";
import { createPresenceFeed, type PresenceFeed } from "./publish/presenceFeed.ts";
import type { Publisher } from "./publish/publisher.ts";
import type { RoomRegistry } from "./room/roomRegistry.ts";
import { createMesh, type Mesh } from "./signalling/mesh.ts";
import { deliverSignal } from "./signalling/relaySignal.ts";
import type { Timings } from "./timings.ts";

/** Who is there, and what is told of it: to those here, and from node to node. */
export interface PresenceDomain {
  readonly presence: PresenceFeed;
  readonly presenceNodes: PresenceNodes;
  readonly mesh: Mesh;
  readonly keepHand: KeepHand;
}

interface PresenceParts {
  readonly bus: NodeBus;
  readonly publisher: Publisher;
  readonly timings: Timings;
  readonly now: () => number;
  readonly uptimeMs: () => number;
}

/** Wires it: what happens here is told to the other nodes, and what they tell happens here. */
export function createPresence(parts: PresenceParts, rooms: RoomRegistry): PresenceDomain {
  const { bus, publisher, timings, now, uptimeMs } = parts;
  const teller = new SliceTeller({ bus, rooms });
  const presence = createPresenceFeed({
    publisher,
    rooms,
    intervalMs: timings.presenceIntervalMs,
    hallIntervalMs: timings.hallPresenceIntervalMs,
    changedHere: (room, participantId) => teller.changed(room, participantId),
    now,
  });
  const mesh = createMesh({ bus, now });
  const keepHand = createHandMemory(rooms, timings.handMemoryMs);
  const presenceNodes = createPresenceNodes({
    bus,
    rooms,
    teller,
    hearer: new SliceHearer({ bus, presence, keepHand, uptimeMs }),
    inClass: {
      seats: (room, { seats }, from) => mesh.heardSeats(room, from, seats),
      signal: deliverSignal,
      mute: (room, notice) => mute(presence, room, notice),
      lowerHand: (room, { participantId }) => lowerHands(presence, room, participantId),
    },
    sliceLifeMs: timings.sliceLifeMs,
    uptimeMs,
  });
  return { presence, presenceNodes, mesh, keepHand };
}
