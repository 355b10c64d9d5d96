/** A part of a file, both ends in it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What a `Range` header asks of a file of that size (RFC 9110 §14.2): one range, `whole` for none and for what may be
 * ignored (several, other units, what cannot be read), `outside` for what the file does not have.
 */
export function readRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | "whole" | "outside" {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "") return last === "" ? "whole" : lastBytes(Number(last), sizeBytes);
  const start = Number(first);
  const end = last === "" ? sizeBytes - 1 : Number(last);
  if (start >= sizeBytes) return "outside";
  return end < start ? "whole" : { start, end: Math.min(end, sizeBytes - 1) };
}

function lastBytes(wanted: number, sizeBytes: number): ByteRange | "outside" {
  const length = Math.min(wanted, sizeBytes);
  return length === 0 ? "outside" : { start: sizeBytes - length, end: sizeBytes - 1 };
}
