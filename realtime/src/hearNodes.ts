import { createLookForMissed } from "./chat/lookForMissed.ts";
import type { DomainParts, Domains } from "./createDomains.ts";
import { createNodeListener } from "./nodes/hearNotices.ts";
import { tellParticipant } from "./room/tell.ts";

type HearingParts = Pick<
  DomainParts,
  "bus" | "publisher" | "limiter" | "boardServedElsewhere" | "log"
>;

/** Has the bus tell the domains what other nodes say. */
export function hearNodes(
  { bus, publisher, limiter, boardServedElsewhere, log }: HearingParts,
  { rooms, feed, presenceNodes }: Pick<Domains, "rooms" | "feed" | "presenceNodes">,
): void {
  const lookForMissed = createLookForMissed(feed);
  const listener = createNodeListener({
    rooms,
    log,
    ears: {
      room(room, notice, from) {
        if (notice.kind === "messages") feed.stored(room, notice.messages);
        else if (notice.kind === "event") publisher.publish(room.channel, notice.event);
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
      },
    },
  });
  bus.listen(listener);
}
