import type { SchoolTransaction } from "@darasa/database";
import { removeSecondFactor } from "./store.ts";

/**
 * Takes somebody's second factor and recovery codes away, for a person who lost them. Who may do that, telling the
 * audit log and ending the person's sign-ins is the caller's.
 */
export function resetSecondFactor(tx: SchoolTransaction, userId: string): Promise<void> {
  return removeSecondFactor(tx, userId);
}
