import type { JSX } from "solid-js";

/** The tab of the administration. */
export function InvitationsTab(): JSX.Element {
  return null;
}
