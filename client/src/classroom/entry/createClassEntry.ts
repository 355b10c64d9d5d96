import { createSignal, type Accessor } from "solid-js";
import { problemCode, type ProblemCode } from "../../api/ApiProblem.ts";
import type { Joined, LiveClass } from "../../api/api.ts";
import type { Environment } from "../../connection/environment.ts";

/** On the way into a live class. `failed` may be tried again; `refused` and what follows is final. */
export type ClassEntryState =
  | { readonly name: "loading" }
  | { readonly name: "scheduled"; readonly liveClass: LiveClass }
  /** A guest before the door; the class is null where the API could not tell it. */
  | { readonly name: "waiting"; readonly liveClass: LiveClass | null }
  | { readonly name: "ready"; readonly joined: Joined }
  | { readonly name: "ended"; readonly liveClass: LiveClass | null }
  | { readonly name: "removed" }
  /** Removed before ever having been let in. */
  | { readonly name: "turnedAway" }
  | { readonly name: "notFound" }
  | { readonly name: "refused"; readonly code: ProblemCode }
  | { readonly name: "failed"; readonly code: ProblemCode };

/** What the entry asks of the API; all reject with `ApiProblem`. */
export interface ClassEntryPorts extends Pick<Environment, "after" | "random"> {
  readonly join: () => Promise<Joined>;
  readonly load: () => Promise<LiveClass>;
  readonly start: () => Promise<LiveClass>;
  /** Is anybody looking at the page? */
  readonly isShown: () => boolean;
}

export interface ClassEntry {
  readonly state: Accessor<ClassEntryState>;
  /** Asks to be let in; while the class has not started, or a teacher has not, it asks again by itself. Never rejects. */
  readonly enter: () => Promise<void>;
  /** Starts the class and enters. @throws ApiProblem as rejection when it cannot be started */
  readonly start: () => Promise<void>;
  /** What was learnt from elsewhere: this person is out. Nothing is asked any more. */
  readonly finish: (
    state: Extract<ClassEntryState, { name: "ended" | "removed" | "refused" }>,
  ) => void;
  /** Stops asking. */
  readonly close: () => void;
}

/** Gentle on the server: a school of a thousand that waits makes some 200 cheap requests a second. */
const pollMs = 4_000;
/** A guest before the door is let in within a breath; one who waits long asks less often: every 2 to 5 s. */
const firstKnockMs = 2_300;
const lastKnockMs = 4_300;
const knockGrowth = 1.15;

/** An entry that has not asked yet. The caller closes it. */
export function createClassEntry(ports: ClassEntryPorts): ClassEntry {
  return new PollingClassEntry(ports);
}

class PollingClassEntry implements ClassEntry {
  readonly state: Accessor<ClassEntryState>;
  readonly #setState: (state: ClassEntryState) => void;
  readonly #ports: ClassEntryPorts;
  #cancelPoll: (() => void) | undefined;
  #knockMs = firstKnockMs;
  #isClosed = false;

  constructor(ports: ClassEntryPorts) {
    const [state, setState] = createSignal<ClassEntryState>({ name: "loading" });
    this.state = state;
    this.#setState = setState;
    this.#ports = ports;
  }

  readonly enter = async (): Promise<void> => {
    this.#cancelPoll?.();
    try {
      this.#show({ name: "ready", joined: await this.#ports.join() });
    } catch (error) {
      await this.#notJoined(problemCode(error));
    }
  };

  readonly start = async (): Promise<void> => {
    await this.#ports.start();
    await this.enter();
  };

  readonly finish: ClassEntry["finish"] = (state) => {
    this.#show(state);
    this.close();
  };

  readonly close = (): void => {
    this.#isClosed = true;
    this.#cancelPoll?.();
  };

  #show(next: ClassEntryState): void {
    if (!this.#isClosed) this.#setState(next);
  }

  async #notJoined(code: ProblemCode): Promise<void> {
    const told = code === "removed" && this.#isAtDoor() ? turnedAway : refusals[code];
    if (code === "class_not_started") await this.#wait();
    else if (code === "waiting") await this.#waitAtDoor();
    else if (code === "class_ended") this.#show({ name: "ended", liveClass: await this.#known() });
    else if (told !== undefined) this.#show(told);
    else this.#failed(code);
  }

  /** Who waits goes on waiting while the network is away. */
  #failed(code: ProblemCode): void {
    if (this.#isAtDoor()) {
      this.#knockLater();
      return;
    }
    if (this.state().name !== "scheduled") this.#show({ name: "failed", code });
    this.#pollLater(this.enter);
  }

  #isAtDoor(): boolean {
    return this.state().name === "waiting";
  }

  async #waitAtDoor(): Promise<void> {
    if (!this.#isAtDoor()) {
      this.#knockMs = firstKnockMs;
      this.#show({ name: "waiting", liveClass: await this.#known() });
    }
    this.#knockLater();
  }

  /** Also while nobody looks at the page: its title tells when the door opens. */
  #knockLater(): void {
    if (this.#isClosed) return;
    const { after, random } = this.#ports;
    this.#cancelPoll = after(this.#knockMs * (0.87 + random() * 0.29), () => void this.enter());
    this.#knockMs = Math.min(lastKnockMs, this.#knockMs * knockGrowth);
  }

  async #wait(): Promise<void> {
    try {
      const liveClass = await this.#ports.load();
      if (liveClass.status !== "scheduled") {
        await this.enter();
        return;
      }
      this.#show({ name: "scheduled", liveClass });
      this.#pollLater(() => this.#wait());
    } catch (error) {
      this.#failed(problemCode(error));
    }
  }

  #pollLater(ask: () => Promise<void>): void {
    if (this.#isClosed) return;
    const { after, random, isShown } = this.#ports;
    this.#cancelPoll = after(pollMs * (0.75 + random() / 2), () => {
      if (isShown()) void ask();
      else this.#pollLater(ask);
    });
  }

  #known(): Promise<LiveClass | null> {
    return this.#ports.load().catch(() => null);
  }
}

const turnedAway: ClassEntryState = { name: "turnedAway" };

const refusals: Partial<Record<ProblemCode, ClassEntryState>> = {
  removed: { name: "removed" },
  not_found: { name: "notFound" },
  bad_request: { name: "notFound" },
  forbidden: { name: "refused", code: "forbidden" },
  unauthenticated: { name: "refused", code: "unauthenticated" },
};
