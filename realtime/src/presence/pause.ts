import { closeReasons } from "@darasa/protocol";
import type { Backlog, Publisher } from "../publish/publisher.ts";
import { goLive } from "../room/goLive.ts";
import type { Room, Session, Stay } from "../room/room.ts";

/**
 * While a join is being read: keeps the events of the room, and keeps them from the stay that the join
 * will take the place of, so that nothing is told twice (SPEC R5).
 */
export class Pause {
  readonly #publisher: Publisher;
  readonly #session: Session;
  readonly #room: Room;
  #backlog: Backlog | null = null;
  #former: Stay | null = null;
  #wasReplaying = false;

  constructor(publisher: Publisher, session: Session, room: Room) {
    this.#publisher = publisher;
    this.#session = session;
    this.#room = room;
  }

  /** Begins, or begins anew. */
  begin(): void {
    // What a replay lacks the join brings; who is live must miss nothing if the join is refused.
    if (!this.#wasReplaying) this.undo();
    this.#backlog?.take();
    const { outbox, stays } = this.#session;
    this.#backlog = this.#publisher.gather(this.#room.channel, () =>
      outbox.close(closeReasons.slow),
    );
    const former = stays.get(this.#room.roomId);
    if (former === undefined) return;
    this.#former = former;
    this.#wasReplaying ||= former.backlog !== null;
    former.backlog?.take();
    former.backlog = this.#backlog;
    outbox.unsubscribe(this.#room.channel);
  }

  /** The join is refused: the former stay goes on as if nothing had been. */
  undo(): void {
    const backlog = this.#backlog;
    const former = this.#former;
    this.#backlog = null;
    this.#former = null;
    if (former?.isPresent !== true || former.backlog !== backlog) backlog?.take();
    else if (!this.#wasReplaying) goLive(former);
    // Its replay was cut off: what it lacks is nowhere any more, and it must come back for it.
    else this.#session.outbox.close(closeReasons.unavailable);
  }

  /** The join goes through: what was kept is the new stay's. */
  end(): Backlog | null {
    const backlog = this.#backlog;
    const former = this.#former;
    if (former !== null && former.backlog === backlog) former.backlog = null;
    this.#backlog = null;
    this.#former = null;
    return backlog;
  }
}
