import type { JSX } from "solid-js";

/** The tab of the administration. */
export function MailTab(): JSX.Element {
  return null;
}
