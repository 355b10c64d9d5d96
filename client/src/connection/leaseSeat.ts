import type { Environment } from "./environment.ts";
import type { SendingSeat } from "./sendingSeat.ts";

/** A page that has not renewed for this long is gone, or sleeps. */
const leaseMs = 5_000;
const renewMs = 1_500;
const lookMs = 1_000;
/** Two pages that write at the same moment: the later one stands, and the other sees it after this long. */
const settleMs = 150;

interface Lease {
  readonly holder: string;
  readonly untilMs: number;
}

export interface LeaseOptions {
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly key: string;
  readonly environment: Pick<Environment, "now" | "after" | "newId">;
}

/**
 * A seat by a lease in storage that the pages share: for plain http addresses on a LAN, where browsers lend no
 * locks. Within `settleMs` of a take-over two may sit; the server stores each message once all the same (SPEC M2).
 */
export function createLeaseSeat(options: LeaseOptions): SendingSeat {
  return new LeaseSeat(options);
}

class LeaseSeat implements SendingSeat {
  readonly #options: LeaseOptions;
  readonly #me: string;
  #tell: (isSeated: boolean) => void = () => undefined;
  #isSeated = false;
  #cancel: (() => void) | undefined;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#me = options.environment.newId();
  }

  readonly ask = (changed: (isSeated: boolean) => void): void => {
    this.leave();
    this.#tell = changed;
    this.#look();
  };

  readonly seize = (): void => this.#take();

  readonly leave = (): void => {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isSeated = false;
    if (this.#holder() === this.#me) attempt(() => this.#storage.removeItem(this.#options.key));
  };

  get #storage(): LeaseOptions["storage"] {
    return this.#options.storage;
  }

  #later(delayMs: number, run: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#options.environment.after(delayMs, run);
  }

  #look(): void {
    const holder = this.#holder();
    if (holder === null || holder === this.#me) this.#take();
    else this.#later(lookMs, () => this.#look());
  }

  #take(): void {
    this.#write();
    this.#later(settleMs, () => this.#hold());
  }

  #hold(): void {
    const holder = this.#holder();
    if (holder !== null && holder !== this.#me) {
      this.#seat(false);
      this.#later(lookMs, () => this.#look());
      return;
    }
    this.#write();
    this.#seat(true);
    this.#later(renewMs, () => this.#hold());
  }

  #seat(isSeated: boolean): void {
    if (isSeated === this.#isSeated) return;
    this.#isSeated = isSeated;
    this.#tell(isSeated);
  }

  #write(): void {
    const lease: Lease = { holder: this.#me, untilMs: this.#options.environment.now() + leaseMs };
    attempt(() => this.#storage.setItem(this.#options.key, JSON.stringify(lease)));
  }

  /** Who holds a lease that is alive; one that ends later than a lease can was made by another clock. */
  #holder(): string | null {
    const text = attempt(() => this.#storage.getItem(this.#options.key)) ?? "null";
    const lease = attempt(() => JSON.parse(text) as Lease | null) ?? null;
    const nowMs = this.#options.environment.now();
    const isAlive = lease !== null && lease.untilMs > nowMs && lease.untilMs <= nowMs + leaseMs;
    return isAlive ? lease.holder : null;
  }
}

/** A browser that keeps nothing has no other page to mind. */
function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
