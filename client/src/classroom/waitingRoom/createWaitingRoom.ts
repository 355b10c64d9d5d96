import { createSignal, type Accessor } from "solid-js";
import type { WaitingList } from "../../api/api.ts";
import type { Environment } from "../../connection/environment.ts";
import { createListeners } from "../../connection/listeners.ts";

export type WaitingGuest = WaitingList["people"][number];

/** What the waiting room asks of the API; all reject with `ApiProblem`. */
export interface WaitingRoomPorts extends Pick<Environment, "after"> {
  readonly load: () => Promise<WaitingList>;
  readonly admit: (ids: readonly string[]) => Promise<WaitingList>;
  readonly refuse: (ids: readonly string[]) => Promise<WaitingList>;
}

/** The guests before the door of a class, as a teacher sees them. */
export interface WaitingRoom {
  /** Who waits, who came first first; those about whom was just decided here no more. */
  readonly people: Accessor<readonly WaitingGuest[]>;
  /** Somebody tries out PINs: the right one is not enough any more. */
  readonly isPinGuessed: Accessor<boolean>;
  /** Something may have changed at the door. Never rejects: without an answer it looks again. */
  readonly look: () => void;
  /** They leave the list at once, and come back when it fails. @throws ApiProblem as rejection */
  readonly admit: (ids: readonly string[]) => Promise<void>;
  readonly refuse: (ids: readonly string[]) => Promise<void>;
  /** Told of those who were not seen before; the returned function ends it. */
  readonly onCame: (listen: (guests: readonly WaitingGuest[]) => void) => () => void;
  readonly close: () => void;
}

const lookAgainMs = 5_000;
const nobody: WaitingList = { people: [], pinGuessed: false };

/** A waiting room that has not looked yet. The caller closes it. */
export function createWaitingRoom(ports: WaitingRoomPorts): WaitingRoom {
  return new PortedWaitingRoom(ports);
}

class PortedWaitingRoom implements WaitingRoom {
  readonly people: Accessor<readonly WaitingGuest[]>;
  readonly isPinGuessed: Accessor<boolean>;
  readonly onCame: WaitingRoom["onCame"];
  readonly #ports: WaitingRoomPorts;
  readonly #tellCame: (guests: readonly WaitingGuest[]) => void;
  readonly #setList: (list: WaitingList) => void;
  readonly #decided: Accessor<ReadonlySet<string>>;
  readonly #setDecided: (decided: ReadonlySet<string>) => void;
  /** By id. A guest stays the same object, so that the row on the screen, with its focus, stays too. */
  readonly #seen = new Map<string, WaitingGuest>();
  #isLooking = false;
  /** An answer that is on its way may be older than the change. */
  #isStale = false;
  #isClosed = false;
  #cancelLook: (() => void) | undefined;

  constructor(ports: WaitingRoomPorts) {
    const [list, setList] = createSignal(nobody);
    const [decided, setDecided] = createSignal<ReadonlySet<string>>(new Set());
    const came = createListeners<readonly WaitingGuest[]>();
    this.people = () => list().people.filter(({ participantId }) => !decided().has(participantId));
    this.isPinGuessed = () => list().pinGuessed;
    this.onCame = came.listen;
    this.#ports = ports;
    this.#tellCame = came.tell;
    this.#setList = setList;
    this.#decided = decided;
    this.#setDecided = setDecided;
  }

  readonly look = (): void => {
    this.#cancelLook?.();
    this.#isStale = true;
    if (!this.#isLooking) void this.#lookUntilFresh();
  };

  readonly admit = (ids: readonly string[]): Promise<void> => this.#decide(ids, this.#ports.admit);

  readonly refuse = (ids: readonly string[]): Promise<void> =>
    this.#decide(ids, this.#ports.refuse);

  readonly close = (): void => {
    this.#isClosed = true;
    this.#cancelLook?.();
  };

  async #lookUntilFresh(): Promise<void> {
    this.#isLooking = true;
    try {
      while (this.#isStale && !this.#isClosed) {
        this.#isStale = false;
        this.#show(await this.#ports.load());
      }
    } catch {
      if (!this.#isClosed) this.#cancelLook = this.#ports.after(lookAgainMs, this.look);
    }
    this.#isLooking = false;
  }

  async #decide(
    ids: readonly string[],
    act: (ids: readonly string[]) => Promise<WaitingList>,
  ): Promise<void> {
    this.#setDecided(new Set([...this.#decided(), ...ids]));
    try {
      this.#show(await act(ids));
    } catch (error) {
      this.#setDecided(new Set([...this.#decided()].filter((id) => !ids.includes(id))));
      this.look();
      throw error;
    }
  }

  #show(list: WaitingList): void {
    if (this.#isClosed) return;
    const came = list.people.filter(({ participantId }) => !this.#seen.has(participantId));
    came.forEach((guest) => this.#seen.set(guest.participantId, guest));
    const people = list.people.map((guest) => this.#seen.get(guest.participantId) ?? guest);
    this.#setList({ ...list, people });
    if (came.length > 0) this.#tellCame(came);
  }
}
