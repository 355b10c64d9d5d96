import type { JSX } from "solid-js";

/** The tab of the administration. */
export function SchoolTab(): JSX.Element {
  return null;
}
