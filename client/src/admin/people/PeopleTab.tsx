import type { JSX } from "solid-js";

/** The tab of the administration. */
export function PeopleTab(): JSX.Element {
  return null;
}
