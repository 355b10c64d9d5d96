import { spawnSync } from "node:child_process";

/** Any user but root; Postgres wants one that the system knows by name. */
export const nobody = 65_534;

/**
 * Whether this process may start programs of this checkout as `nobody`: it is root's, and every folder above
 * the checkout may be entered by others.
 */
export function canRunAsNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  return spawnSync(process.execPath, ["--version"], { uid: nobody }).status === 0;
}
