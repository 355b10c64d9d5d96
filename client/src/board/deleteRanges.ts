import type { DeleteRange } from "@darasa/protocol/board";

/** What is left of `ranges` when all that `taken` covers is gone from them; the order is kept. */
export function subtractRanges(
  ranges: readonly DeleteRange[],
  taken: readonly DeleteRange[],
): DeleteRange[] {
  let left: DeleteRange[] = [...ranges];
  for (const range of taken) left = left.flatMap((part) => subtractRange(part, range));
  return left;
}

function subtractRange(part: DeleteRange, taken: DeleteRange): DeleteRange[] {
  const [client, start, length] = part;
  const [takenClient, takenStart, takenLength] = taken;
  const end = start + length;
  const takenEnd = takenStart + takenLength;
  if (client !== takenClient || takenEnd <= start || takenStart >= end) return [part];
  const left: DeleteRange[] = [];
  if (takenStart > start) left.push([client, start, takenStart - start]);
  if (takenEnd < end) left.push([client, takenEnd, end - takenEnd]);
  return left;
}
