import type { JSX } from "solid-js";

/** The tab of the administration. */
export function AuditTab(): JSX.Element {
  return null;
}
