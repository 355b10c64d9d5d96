import type { DeleteRange } from "@darasa/protocol";
import type { UpdateExtent } from "./workerMessages.ts";

/** What one `boardStored` event says (SPEC B3). */
export interface StoredExtent {
  readonly clocks: Readonly<Record<string, number>>;
  readonly deletes: readonly DeleteRange[];
}

/** Delete ranges in one event: some 25 kB as JSON. */
const maxDeletesPerEvent = 1_000;

/** One extent for several: the highest clocks, and ranges that touch as one. */
export function mergeExtents(extents: readonly UpdateExtent[]): UpdateExtent {
  const clocks = new Map<number, number>();
  for (const extent of extents) {
    for (const [client, clock] of extent.clocks) {
      clocks.set(client, Math.max(clock, clocks.get(client) ?? 0));
    }
  }
  return { clocks, deletes: joinRanges(extents.flatMap((extent) => extent.deletes)) };
}

function joinRanges(ranges: readonly DeleteRange[]): DeleteRange[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: DeleteRange[] = [];
  for (const [client, clock, length] of sorted) {
    const last = joined.at(-1);
    if (last?.[0] === client && clock <= last[1] + last[2]) {
      const end = Math.max(last[1] + last[2], clock + length);
      joined[joined.length - 1] = [client, last[1], end - last[1]];
    } else {
      joined.push([client, clock, length]);
    }
  }
  return joined;
}

/** The extent in portions that fit an event each; at least one. */
export function toStoredExtents({ clocks, deletes }: UpdateExtent): StoredExtent[] {
  const portions: StoredExtent[] = [{ clocks: Object.fromEntries(clocks), deletes: [] }];
  for (let from = 0; from < deletes.length; from += maxDeletesPerEvent) {
    const portion = deletes.slice(from, from + maxDeletesPerEvent);
    portions[from === 0 ? 0 : portions.length] = {
      clocks: from === 0 ? Object.fromEntries(clocks) : {},
      deletes: portion,
    };
  }
  return portions;
}
