import { createLookForMissed } from "./chat/lookForMissed.ts";
import type { MessageFeed } from "./chat/messageFeed.ts";
import type { BoardServer } from "./board/boardServer.ts";
import type { Log } from "./log.ts";
import { createNodeListener } from "./nodes/hearNotices.ts";
import type { NodeBus } from "./nodes/nodeBus.ts";
import type { PresenceNodes } from "./presence/presenceNodes.ts";
import type { Publisher } from "./publish/publisher.ts";
import type { PulseFeed } from "./pulse/pulseFeed.ts";
import type { RoomRegistry } from "./room/roomRegistry.ts";
import { tellParticipant } from "./room/tell.ts";
import type { RateLimiter } from "./session/rateLimit.ts";

interface HearingParts {
  readonly bus: NodeBus;
  readonly publisher: Publisher;
  readonly limiter: Pick<RateLimiter, "drawnElsewhere">;
  readonly boardServedElsewhere: BoardServer["servedElsewhere"];
  readonly claimBoards: BoardServer["claimAgain"];
  readonly log: Log;
}

interface HearingDomains {
  readonly rooms: RoomRegistry;
  readonly feed: MessageFeed;
  readonly presenceNodes: PresenceNodes;
  readonly pulses: Pick<PulseFeed, "heard">;
}

/** Has the bus tell the domains what other nodes say. */
export function hearNodes(
  { bus, publisher, limiter, boardServedElsewhere, claimBoards, log }: HearingParts,
  { rooms, feed, presenceNodes, pulses }: HearingDomains,
): void {
  const lookForMissed = createLookForMissed(feed);
  const listener = createNodeListener({
    rooms,
    log,
    ears: {
      room(room, notice, from) {
        if (notice.kind === "messages") feed.stored(room, notice.messages);
        else if (notice.kind === "event") publisher.publish(room.channel, notice.event);
        else if (notice.kind === "pulse") pulses.heard(room, notice.pulse);
        else if (notice.kind === "tell") tellParticipant(room, notice.participantId, notice.event);
        else presenceNodes.heard(room, from, notice);
      },
      node(notice) {
        if (notice.kind === "drawn") limiter.drawnElsewhere(notice.draws);
        else boardServedElsewhere(notice);
      },
      followed(followed) {
        lookForMissed(followed);
        for (const room of followed) presenceNodes.followed(room);
      },
      missed() {
        lookForMissed(rooms.all());
        presenceNodes.missed();
        // The bus may be there before the boards are, which are made in the same turn.
        queueMicrotask(claimBoards);
      },
    },
  });
  bus.listen(listener);
}
