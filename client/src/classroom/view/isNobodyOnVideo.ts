import type { MediaSnapshot } from "../../media/provider.ts";

/** Is there no picture to show, not even one's own: not entered, or not let in? */
export function isNobodyOnVideo({
  status,
  remotes,
}: Pick<MediaSnapshot, "status" | "remotes">): boolean {
  return remotes.length === 0 && (status === "refused" || status === "idle");
}
