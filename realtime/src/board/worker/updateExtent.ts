import type { DeleteRange } from "@darasa/protocol";
import type * as Y from "yjs";
import type { UpdateExtent } from "../workerMessages.ts";

/** Clocks reached and ranges deleted by a decoded update; its structs stand in clock order per client. */
export function updateExtent({ structs, ds }: ReturnType<typeof Y.decodeUpdate>): UpdateExtent {
  const clocks = new Map<number, number>();
  for (const { id, length } of structs) clocks.set(id.client, id.clock + length);
  const deletes: DeleteRange[] = [];
  ds.clients.forEach((ranges, client) => {
    for (const { clock, len } of ranges) deletes.push([client, clock, len]);
  });
  return { clocks, deletes };
}
