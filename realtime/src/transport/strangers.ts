import { addressGroup } from "./remoteAddress.ts";

/** Bounds on connections that have not proved who they are (SPEC L3). */
export interface StrangerLimits {
  readonly perAddress: number;
  readonly total: number;
}

/**
 * A school sits behind one address and comes back all at once after a restart: the bound on one address
 * leaves room for that, the bound on all keeps their memory below 2 frames each.
 */
export const strangerLimits: StrangerLimits = { perAddress: 1_000, total: 2_000 };

/** Counts those who have not said who they are. */
export interface Strangers {
  /** Takes a place, or says that there is none. `address` is null for those that only `total` binds. */
  enter(address: string | null): boolean;
  /** Gives the place back; exactly once for each that was taken. */
  leave(address: string | null): void;
}

/** Counts per address and in all. */
export function createStrangers(limits: StrangerLimits): Strangers {
  const perAddress = new Map<string, number>();
  let total = 0;
  return {
    enter(address) {
      if (total >= limits.total) return false;
      if (address !== null) {
        const group = addressGroup(address);
        const count = perAddress.get(group) ?? 0;
        if (count >= limits.perAddress) return false;
        perAddress.set(group, count + 1);
      }
      total += 1;
      return true;
    },
    leave(address) {
      total -= 1;
      if (address === null) return;
      const group = addressGroup(address);
      const count = perAddress.get(group) ?? 0;
      if (count <= 1) perAddress.delete(group);
      else perAddress.set(group, count - 1);
    },
  };
}
