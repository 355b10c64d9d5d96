import { closeReasons, type ChatMessage } from "@darasa/protocol";
import type { Log } from "../log.ts";
import { goLive } from "../room/goLive.ts";
import type { Missed, Replay, RoomHistory } from "../room/history.ts";
import type { Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";

/**
 * Sends what was missed page by page, each only when the one before has left, while the stay's backlog
 * keeps what happens meanwhile; then the backlog, and then events as they come.
 */
export function createReplay({
  history,
  log,
}: {
  readonly history: RoomHistory;
  readonly log: Log;
}): Replay {
  async function send(stay: Stay, missed: Missed): Promise<void> {
    // A later join of the same session brings a backlog of its own: this one is then over.
    const { backlog, room } = stay;
    let page = missed.firstPage;
    let fromSeq = missed.fromSeq;
    while (stay.backlog === backlog && stay.isPresent) {
      fromSeq = nextSeq(page, missed.throughSeq);
      const done = fromSeq > missed.throughSeq;
      tell(stay.session, { type: "replay", room: room.roomId, messages: page, done });
      if (done) {
        goLive(stay);
        return;
      }
      await stay.session.outbox.drained();
      page = await history.loadPage(room, { fromSeq, throughSeq: missed.throughSeq });
    }
  }

  return async (stay, missed) => {
    try {
      await send(stay, missed);
    } catch (error) {
      log("warn", "a replay ended half-way", { error });
      stay.session.outbox.close(closeReasons.unavailable);
    }
  };
}

/** Where the next page begins; an empty page means that there is none. */
function nextSeq(page: readonly ChatMessage[], throughSeq: number): number {
  return (page.at(-1)?.seq ?? throughSeq) + 1;
}
