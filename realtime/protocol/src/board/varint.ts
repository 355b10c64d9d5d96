/** Variable-length integers (seven bits a byte, low bits first), exact up to 2^53. */

/** Appends a non-negative integer to `out`. */
export function writeVarUint(out: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

/** Appends a signed integer; small ones take few bytes whatever their sign. */
export function writeVarInt(out: number[], value: number): void {
  writeVarUint(out, value < 0 ? -value * 2 - 1 : value * 2);
}

/** A place in bytes that are being read. */
export interface ByteReader {
  readonly bytes: Uint8Array;
  offset: number;
}

/** The next non-negative integer, or NaN when the bytes end before it does or it passes 2^53. */
export function readVarUint(reader: ByteReader): number {
  let value = 0;
  let unit = 1;
  for (;;) {
    const byte = reader.bytes[reader.offset];
    if (byte === undefined) return NaN;
    reader.offset += 1;
    value += (byte & 127) * unit;
    if (value > Number.MAX_SAFE_INTEGER) return NaN;
    if (byte < 128) return value;
    unit *= 128;
  }
}

/** The next signed integer, or NaN as above. */
export function readVarInt(reader: ByteReader): number {
  const value = readVarUint(reader);
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}
